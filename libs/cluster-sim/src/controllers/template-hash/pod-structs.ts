/**
 * Structs of k8s.io/api/core/v1 and k8s.io/apimachinery/pkg/apis/meta/v1 that a pod template reaches, with their fields in
 * Go's order. One struct a paragraph: its name, then "GoName type" or "GoName:jsonName type"; nothing behind the colon:
 * the struct is embedded and its members stand in the same JSON object. Every type of both packages prints as "v1.<Name>".
 */
export const podStructs = `
PodTemplateSpec ObjectMeta:metadata v1.ObjectMeta; Spec v1.PodSpec
ObjectMeta Name string; GenerateName string; Namespace string; SelfLink string; UID:uid types.UID;
  ResourceVersion string; Generation int64; CreationTimestamp v1.Time; DeletionTimestamp *v1.Time;
  DeletionGracePeriodSeconds *int64; Labels map[string]string; Annotations map[string]string;
  OwnerReferences []v1.OwnerReference; Finalizers []string; ManagedFields []v1.ManagedFieldsEntry
OwnerReference APIVersion:apiVersion string; Kind string; Name string; UID:uid types.UID; Controller *bool;
  BlockOwnerDeletion *bool
ManagedFieldsEntry Manager string; Operation v1.ManagedFieldsOperationType; APIVersion:apiVersion string; Time
  *v1.Time; FieldsType string; FieldsV1 *v1.FieldsV1; Subresource string
PodSpec Volumes []v1.Volume; InitContainers []v1.Container; Containers []v1.Container;
  EphemeralContainers []v1.EphemeralContainer; RestartPolicy v1.RestartPolicy;
  TerminationGracePeriodSeconds *int64; ActiveDeadlineSeconds *int64; DNSPolicy:dnsPolicy
  v1.DNSPolicy; NodeSelector map[string]string; ServiceAccountName string;
  DeprecatedServiceAccount:serviceAccount string; AutomountServiceAccountToken *bool; NodeName
  string; HostNetwork bool; HostPID bool; HostIPC bool; ShareProcessNamespace *bool;
  SecurityContext *v1.PodSecurityContext; ImagePullSecrets []v1.LocalObjectReference; Hostname
  string; Subdomain string; Affinity *v1.Affinity; SchedulerName string; Tolerations
  []v1.Toleration; HostAliases []v1.HostAlias; PriorityClassName string; Priority *int32;
  DNSConfig:dnsConfig *v1.PodDNSConfig; ReadinessGates []v1.PodReadinessGate; RuntimeClassName
  *string; EnableServiceLinks *bool; PreemptionPolicy *v1.PreemptionPolicy; Overhead
  v1.ResourceList; TopologySpreadConstraints []v1.TopologySpreadConstraint; SetHostnameAsFQDN
  *bool; OS:os *v1.PodOS; HostUsers *bool; SchedulingGates []v1.PodSchedulingGate; ResourceClaims
  []v1.PodResourceClaim; Resources *v1.ResourceRequirements; HostnameOverride *string;
  SchedulingGroup *v1.PodSchedulingGroup
LocalObjectReference Name string
ObjectFieldSelector APIVersion:apiVersion string; FieldPath string
ResourceFieldSelector ContainerName string; Resource string; Divisor resource.Quantity
LabelSelector MatchLabels map[string]string; MatchExpressions []v1.LabelSelectorRequirement
LabelSelectorRequirement Key string; Operator v1.LabelSelectorOperator; Values []string
Container Name string; Image string; Command []string; Args []string; WorkingDir string; Ports
  []v1.ContainerPort; EnvFrom []v1.EnvFromSource; Env []v1.EnvVar; Resources
  v1.ResourceRequirements; ResizePolicy []v1.ContainerResizePolicy; RestartPolicy
  *v1.ContainerRestartPolicy; RestartPolicyRules []v1.ContainerRestartRule; VolumeMounts
  []v1.VolumeMount; VolumeDevices []v1.VolumeDevice; LivenessProbe *v1.Probe; ReadinessProbe
  *v1.Probe; StartupProbe *v1.Probe; Lifecycle *v1.Lifecycle; TerminationMessagePath string;
  TerminationMessagePolicy v1.TerminationMessagePolicy; ImagePullPolicy v1.PullPolicy;
  SecurityContext *v1.SecurityContext; Stdin bool; StdinOnce bool; TTY:tty bool
ContainerPort Name string; HostPort int32; ContainerPort int32; Protocol v1.Protocol; HostIP string
EnvFromSource Prefix string; ConfigMapRef *v1.ConfigMapEnvSource; SecretRef *v1.SecretEnvSource
ConfigMapEnvSource LocalObjectReference: v1.LocalObjectReference; Optional *bool
SecretEnvSource LocalObjectReference: v1.LocalObjectReference; Optional *bool
EnvVar Name string; Value string; ValueFrom *v1.EnvVarSource
EnvVarSource FieldRef *v1.ObjectFieldSelector; ResourceFieldRef *v1.ResourceFieldSelector; ConfigMapKeyRef
  *v1.ConfigMapKeySelector; SecretKeyRef *v1.SecretKeySelector; FileKeyRef *v1.FileKeySelector
ConfigMapKeySelector LocalObjectReference: v1.LocalObjectReference; Key string; Optional *bool
SecretKeySelector LocalObjectReference: v1.LocalObjectReference; Key string; Optional *bool
FileKeySelector VolumeName string; Path string; Key string; Optional *bool
ResourceRequirements Limits v1.ResourceList; Requests v1.ResourceList; Claims []v1.ResourceClaim
ResourceClaim Name string; Request string
ContainerResizePolicy ResourceName v1.ResourceName; RestartPolicy v1.ResourceResizeRestartPolicy
ContainerRestartRule Action v1.ContainerRestartRuleAction; ExitCodes *v1.ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes Operator v1.ContainerRestartRuleOnExitCodesOperator; Values []int32
Probe ProbeHandler: v1.ProbeHandler; InitialDelaySeconds int32; TimeoutSeconds int32; PeriodSeconds
  int32; SuccessThreshold int32; FailureThreshold int32; TerminationGracePeriodSeconds *int64
ProbeHandler Exec *v1.ExecAction; HTTPGet:httpGet *v1.HTTPGetAction; TCPSocket:tcpSocket *v1.TCPSocketAction;
  GRPC:grpc *v1.GRPCAction
ExecAction Command []string
HTTPGetAction Path string; Port intstr.IntOrString; Host string; Scheme v1.URIScheme; HTTPHeaders:httpHeaders
  []v1.HTTPHeader
HTTPHeader Name string; Value string
TCPSocketAction Port intstr.IntOrString; Host string
GRPCAction Port int32; Service *string
Lifecycle PostStart *v1.LifecycleHandler; PreStop *v1.LifecycleHandler; StopSignal *v1.Signal
LifecycleHandler Exec *v1.ExecAction; HTTPGet:httpGet *v1.HTTPGetAction; TCPSocket:tcpSocket *v1.TCPSocketAction;
  Sleep *v1.SleepAction
SleepAction Seconds int64
SecurityContext Capabilities *v1.Capabilities; Privileged *bool; SELinuxOptions:seLinuxOptions
  *v1.SELinuxOptions; WindowsOptions *v1.WindowsSecurityContextOptions; RunAsUser *int64;
  RunAsGroup *int64; RunAsNonRoot *bool; ReadOnlyRootFilesystem *bool; AllowPrivilegeEscalation
  *bool; ProcMount *v1.ProcMountType; SeccompProfile *v1.SeccompProfile; AppArmorProfile
  *v1.AppArmorProfile
Capabilities Add []v1.Capability; Drop []v1.Capability
SELinuxOptions User string; Role string; Type string; Level string
WindowsSecurityContextOptions GMSACredentialSpecName:gmsaCredentialSpecName *string; GMSACredentialSpec:gmsaCredentialSpec
  *string; RunAsUserName *string; HostProcess *bool
SeccompProfile Type v1.SeccompProfileType; LocalhostProfile *string
AppArmorProfile Type v1.AppArmorProfileType; LocalhostProfile *string
EphemeralContainer EphemeralContainerCommon: v1.EphemeralContainerCommon; TargetContainerName string
EphemeralContainerCommon Name string; Image string; Command []string; Args []string; WorkingDir string; Ports
  []v1.ContainerPort; EnvFrom []v1.EnvFromSource; Env []v1.EnvVar; Resources
  v1.ResourceRequirements; ResizePolicy []v1.ContainerResizePolicy; RestartPolicy
  *v1.ContainerRestartPolicy; RestartPolicyRules []v1.ContainerRestartRule; VolumeMounts
  []v1.VolumeMount; VolumeDevices []v1.VolumeDevice; LivenessProbe *v1.Probe; ReadinessProbe
  *v1.Probe; StartupProbe *v1.Probe; Lifecycle *v1.Lifecycle; TerminationMessagePath string;
  TerminationMessagePolicy v1.TerminationMessagePolicy; ImagePullPolicy v1.PullPolicy;
  SecurityContext *v1.SecurityContext; Stdin bool; StdinOnce bool; TTY:tty bool
PodSecurityContext SELinuxOptions:seLinuxOptions *v1.SELinuxOptions; WindowsOptions
  *v1.WindowsSecurityContextOptions; RunAsUser *int64; RunAsGroup *int64; RunAsNonRoot *bool;
  SupplementalGroups []int64; SupplementalGroupsPolicy *v1.SupplementalGroupsPolicy;
  FSGroup:fsGroup *int64; Sysctls []v1.Sysctl; FSGroupChangePolicy:fsGroupChangePolicy
  *v1.PodFSGroupChangePolicy; SeccompProfile *v1.SeccompProfile; AppArmorProfile
  *v1.AppArmorProfile; SELinuxChangePolicy:seLinuxChangePolicy *v1.PodSELinuxChangePolicy
Sysctl Name string; Value string
Affinity NodeAffinity *v1.NodeAffinity; PodAffinity *v1.PodAffinity; PodAntiAffinity *v1.PodAntiAffinity
NodeAffinity RequiredDuringSchedulingIgnoredDuringExecution *v1.NodeSelector;
  PreferredDuringSchedulingIgnoredDuringExecution []v1.PreferredSchedulingTerm
NodeSelector NodeSelectorTerms []v1.NodeSelectorTerm
NodeSelectorTerm MatchExpressions []v1.NodeSelectorRequirement; MatchFields []v1.NodeSelectorRequirement
NodeSelectorRequirement Key string; Operator v1.NodeSelectorOperator; Values []string
PreferredSchedulingTerm Weight int32; Preference v1.NodeSelectorTerm
PodAffinity RequiredDuringSchedulingIgnoredDuringExecution []v1.PodAffinityTerm;
  PreferredDuringSchedulingIgnoredDuringExecution []v1.WeightedPodAffinityTerm
PodAffinityTerm LabelSelector *v1.LabelSelector; Namespaces []string; TopologyKey string; NamespaceSelector
  *v1.LabelSelector; MatchLabelKeys []string; MismatchLabelKeys []string
WeightedPodAffinityTerm Weight int32; PodAffinityTerm v1.PodAffinityTerm
PodAntiAffinity RequiredDuringSchedulingIgnoredDuringExecution []v1.PodAffinityTerm;
  PreferredDuringSchedulingIgnoredDuringExecution []v1.WeightedPodAffinityTerm
Toleration Key string; Operator v1.TolerationOperator; Value string; Effect v1.TaintEffect;
  TolerationSeconds *int64
HostAlias IP:ip string; Hostnames []string
PodDNSConfig Nameservers []string; Searches []string; Options []v1.PodDNSConfigOption
PodDNSConfigOption Name string; Value *string
PodReadinessGate ConditionType v1.PodConditionType
TopologySpreadConstraint MaxSkew int32; TopologyKey string; WhenUnsatisfiable v1.UnsatisfiableConstraintAction;
  LabelSelector *v1.LabelSelector; MinDomains *int32; NodeAffinityPolicy *v1.NodeInclusionPolicy;
  NodeTaintsPolicy *v1.NodeInclusionPolicy; MatchLabelKeys []string
PodOS Name v1.OSName
PodSchedulingGate Name string
PodResourceClaim Name string; ResourceClaimName *string; ResourceClaimTemplateName *string
PodSchedulingGroup PodGroupName *string
`;
