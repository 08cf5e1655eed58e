import type { StorageClass } from '@kubedrill/kube-model';

/** csi-translation-lib: storage that Kubernetes had in itself, and who provisions it today. */
const migrated: Readonly<Record<string, string>> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
};

/** findProvisionablePlugin: the provisioner outside of Kubernetes, or why there is none. */
export function provisionerOf({ provisioner }: StorageClass): { readonly name: string } | { readonly problem: string } {
  const external = migrated[provisioner];
  if (external !== undefined) return { name: external };
  return provisioner.startsWith('kubernetes.io/')
    ? { problem: `no volume plugin matched name: ${provisioner}` }
    : { name: provisioner };
}
