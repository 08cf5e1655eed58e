/** As pod-structs.ts, for what stands under `volumes`. */
export const volumeStructs = `
Volume Name string; VolumeSource: v1.VolumeSource
VolumeSource HostPath *v1.HostPathVolumeSource; EmptyDir *v1.EmptyDirVolumeSource;
  GCEPersistentDisk:gcePersistentDisk *v1.GCEPersistentDiskVolumeSource;
  AWSElasticBlockStore:awsElasticBlockStore *v1.AWSElasticBlockStoreVolumeSource; GitRepo
  *v1.GitRepoVolumeSource; Secret *v1.SecretVolumeSource; NFS:nfs *v1.NFSVolumeSource; ISCSI:iscsi
  *v1.ISCSIVolumeSource; Glusterfs *v1.GlusterfsVolumeSource; PersistentVolumeClaim
  *v1.PersistentVolumeClaimVolumeSource; RBD:rbd *v1.RBDVolumeSource; FlexVolume
  *v1.FlexVolumeSource; Cinder *v1.CinderVolumeSource; CephFS:cephfs *v1.CephFSVolumeSource;
  Flocker *v1.FlockerVolumeSource; DownwardAPI *v1.DownwardAPIVolumeSource; FC:fc
  *v1.FCVolumeSource; AzureFile *v1.AzureFileVolumeSource; ConfigMap *v1.ConfigMapVolumeSource;
  VsphereVolume *v1.VsphereVirtualDiskVolumeSource; Quobyte *v1.QuobyteVolumeSource; AzureDisk
  *v1.AzureDiskVolumeSource; PhotonPersistentDisk *v1.PhotonPersistentDiskVolumeSource; Projected
  *v1.ProjectedVolumeSource; PortworxVolume *v1.PortworxVolumeSource; ScaleIO
  *v1.ScaleIOVolumeSource; StorageOS:storageos *v1.StorageOSVolumeSource; CSI:csi
  *v1.CSIVolumeSource; Ephemeral *v1.EphemeralVolumeSource; Image *v1.ImageVolumeSource
HostPathVolumeSource Path string; Type *v1.HostPathType
EmptyDirVolumeSource Medium v1.StorageMedium; SizeLimit *resource.Quantity
GCEPersistentDiskVolumeSource PDName:pdName string; FSType:fsType string; Partition int32; ReadOnly bool
AWSElasticBlockStoreVolumeSource VolumeID string; FSType:fsType string; Partition int32; ReadOnly bool
GitRepoVolumeSource Repository string; Revision string; Directory string
SecretVolumeSource SecretName string; Items []v1.KeyToPath; DefaultMode *int32; Optional *bool
KeyToPath Key string; Path string; Mode *int32
NFSVolumeSource Server string; Path string; ReadOnly bool
ISCSIVolumeSource TargetPortal string; IQN:iqn string; Lun int32; ISCSIInterface:iscsiInterface string;
  FSType:fsType string; ReadOnly bool; Portals []string; DiscoveryCHAPAuth:chapAuthDiscovery bool;
  SessionCHAPAuth:chapAuthSession bool; SecretRef *v1.LocalObjectReference; InitiatorName *string
GlusterfsVolumeSource EndpointsName:endpoints string; Path string; ReadOnly bool
PersistentVolumeClaimVolumeSource ClaimName string; ReadOnly bool
RBDVolumeSource CephMonitors:monitors []string; RBDImage:image string; FSType:fsType string; RBDPool:pool
  string; RadosUser:user string; Keyring string; SecretRef *v1.LocalObjectReference; ReadOnly bool
FlexVolumeSource Driver string; FSType:fsType string; SecretRef *v1.LocalObjectReference; ReadOnly bool; Options
  map[string]string
CinderVolumeSource VolumeID string; FSType:fsType string; ReadOnly bool; SecretRef *v1.LocalObjectReference
CephFSVolumeSource Monitors []string; Path string; User string; SecretFile string; SecretRef
  *v1.LocalObjectReference; ReadOnly bool
FlockerVolumeSource DatasetName string; DatasetUUID string
DownwardAPIVolumeSource Items []v1.DownwardAPIVolumeFile; DefaultMode *int32
DownwardAPIVolumeFile Path string; FieldRef *v1.ObjectFieldSelector; ResourceFieldRef *v1.ResourceFieldSelector; Mode
  *int32
FCVolumeSource TargetWWNs []string; Lun *int32; FSType:fsType string; ReadOnly bool; WWIDs:wwids []string
AzureFileVolumeSource SecretName string; ShareName string; ReadOnly bool
ConfigMapVolumeSource LocalObjectReference: v1.LocalObjectReference; Items []v1.KeyToPath; DefaultMode *int32;
  Optional *bool
VsphereVirtualDiskVolumeSource VolumePath string; FSType:fsType string; StoragePolicyName string; StoragePolicyID string
QuobyteVolumeSource Registry string; Volume string; ReadOnly bool; User string; Group string; Tenant string
AzureDiskVolumeSource DiskName string; DataDiskURI:diskURI string; CachingMode *v1.AzureDataDiskCachingMode;
  FSType:fsType *string; ReadOnly *bool; Kind *v1.AzureDataDiskKind
PhotonPersistentDiskVolumeSource PdID string; FSType:fsType string
ProjectedVolumeSource Sources []v1.VolumeProjection; DefaultMode *int32
VolumeProjection Secret *v1.SecretProjection; DownwardAPI *v1.DownwardAPIProjection; ConfigMap
  *v1.ConfigMapProjection; ServiceAccountToken *v1.ServiceAccountTokenProjection;
  ClusterTrustBundle *v1.ClusterTrustBundleProjection; PodCertificate *v1.PodCertificateProjection
SecretProjection LocalObjectReference: v1.LocalObjectReference; Items []v1.KeyToPath; Optional *bool
DownwardAPIProjection Items []v1.DownwardAPIVolumeFile
ConfigMapProjection LocalObjectReference: v1.LocalObjectReference; Items []v1.KeyToPath; Optional *bool
ServiceAccountTokenProjection Audience string; ExpirationSeconds *int64; Path string
ClusterTrustBundleProjection Name *string; SignerName *string; LabelSelector *v1.LabelSelector; Optional *bool; Path string
PodCertificateProjection SignerName string; KeyType string; MaxExpirationSeconds *int32; CredentialBundlePath string;
  KeyPath string; CertificateChainPath string; UserAnnotations map[string]string
PortworxVolumeSource VolumeID string; FSType:fsType string; ReadOnly bool
ScaleIOVolumeSource Gateway string; System string; SecretRef *v1.LocalObjectReference; SSLEnabled:sslEnabled bool;
  ProtectionDomain string; StoragePool string; StorageMode string; VolumeName string;
  FSType:fsType string; ReadOnly bool
StorageOSVolumeSource VolumeName string; VolumeNamespace string; FSType:fsType string; ReadOnly bool; SecretRef
  *v1.LocalObjectReference
CSIVolumeSource Driver string; ReadOnly *bool; FSType:fsType *string; VolumeAttributes map[string]string;
  NodePublishSecretRef *v1.LocalObjectReference
EphemeralVolumeSource VolumeClaimTemplate *v1.PersistentVolumeClaimTemplate
PersistentVolumeClaimTemplate ObjectMeta:metadata v1.ObjectMeta; Spec v1.PersistentVolumeClaimSpec
PersistentVolumeClaimSpec AccessModes []v1.PersistentVolumeAccessMode; Selector *v1.LabelSelector; Resources
  v1.VolumeResourceRequirements; VolumeName string; StorageClassName *string; VolumeMode
  *v1.PersistentVolumeMode; DataSource *v1.TypedLocalObjectReference; DataSourceRef
  *v1.TypedObjectReference; VolumeAttributesClassName *string
VolumeResourceRequirements Limits v1.ResourceList; Requests v1.ResourceList
TypedLocalObjectReference APIGroup:apiGroup *string; Kind string; Name string
TypedObjectReference APIGroup:apiGroup *string; Kind string; Name string; Namespace *string
ImageVolumeSource Reference string; PullPolicy v1.PullPolicy
VolumeMount Name string; ReadOnly bool; RecursiveReadOnly *v1.RecursiveReadOnlyMode; MountPath string;
  SubPath string; MountPropagation *v1.MountPropagationMode; SubPathExpr string
VolumeDevice Name string; DevicePath string
`;
