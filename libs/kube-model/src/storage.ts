import type { LabelSelector, ObjectMeta, ObjectReference, StringMap } from './object-meta.ts';

export type AccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod';
export type VolumeMode = 'Block' | 'Filesystem';

export interface NodeTermRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface VolumeNodeAffinity {
  readonly required?: {
    readonly nodeSelectorTerms: readonly {
      readonly matchExpressions?: readonly NodeTermRequirement[];
      readonly matchFields?: readonly NodeTermRequirement[];
    }[];
  };
}

/** core/v1 PersistentVolume. */
export interface PersistentVolume {
  readonly apiVersion: 'v1';
  readonly kind: 'PersistentVolume';
  readonly metadata: ObjectMeta;
  readonly spec: PersistentVolumeSpec;
  readonly status: {
    readonly phase: 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';
    readonly message?: string;
    readonly reason?: string;
    readonly lastPhaseTransitionTime?: string;
  };
}

/** The sources that the simulation acts on; any other one is a member of its own name as well. */
export interface PersistentVolumeSpec {
  readonly capacity?: StringMap;
  readonly accessModes?: readonly AccessMode[];
  readonly claimRef?: ObjectReference;
  readonly persistentVolumeReclaimPolicy?: 'Retain' | 'Recycle' | 'Delete';
  readonly storageClassName?: string;
  readonly mountOptions?: readonly string[];
  readonly volumeMode?: VolumeMode;
  readonly nodeAffinity?: VolumeNodeAffinity;
  readonly volumeAttributesClassName?: string;
  readonly hostPath?: { readonly path: string; readonly type?: string };
  readonly nfs?: { readonly server: string; readonly path: string; readonly readOnly?: boolean };
  readonly local?: { readonly path: string; readonly fsType?: string };
  readonly csi?: PersistentCsiVolume;
}

export interface PersistentCsiVolume {
  readonly driver: string;
  readonly volumeHandle: string;
  readonly readOnly?: boolean;
  readonly fsType?: string;
  readonly volumeAttributes?: StringMap;
  readonly controllerPublishSecretRef?: SecretReference;
  readonly nodeStageSecretRef?: SecretReference;
  readonly nodePublishSecretRef?: SecretReference;
  readonly controllerExpandSecretRef?: SecretReference;
  readonly nodeExpandSecretRef?: SecretReference;
}

export interface SecretReference {
  readonly name?: string;
  readonly namespace?: string;
}

/** core/v1 PersistentVolumeClaim. */
export interface PersistentVolumeClaim {
  readonly apiVersion: 'v1';
  readonly kind: 'PersistentVolumeClaim';
  readonly metadata: ObjectMeta;
  readonly spec: PersistentVolumeClaimSpec;
  readonly status: {
    readonly phase: 'Pending' | 'Bound' | 'Lost';
    readonly accessModes?: readonly AccessMode[];
    readonly capacity?: StringMap;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly lastProbeTime?: string | null;
      readonly lastTransitionTime?: string | null;
      readonly reason?: string;
      readonly message?: string;
    }[];
    readonly allocatedResources?: StringMap;
    readonly allocatedResourceStatuses?: StringMap;
    readonly currentVolumeAttributesClassName?: string;
  };
}

export interface PersistentVolumeClaimSpec {
  readonly accessModes?: readonly AccessMode[];
  readonly selector?: LabelSelector;
  readonly resources?: { readonly requests?: StringMap; readonly limits?: StringMap };
  readonly volumeName?: string;
  readonly storageClassName?: string;
  readonly volumeMode?: VolumeMode;
  readonly dataSource?: DataSource;
  readonly dataSourceRef?: DataSource & { readonly namespace?: string };
  readonly volumeAttributesClassName?: string;
}

export interface DataSource {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

/** storage.k8s.io/v1 StorageClass. */
export interface StorageClass {
  readonly apiVersion: 'storage.k8s.io/v1';
  readonly kind: 'StorageClass';
  readonly metadata: ObjectMeta;
  readonly provisioner: string;
  readonly parameters?: StringMap;
  readonly reclaimPolicy?: 'Retain' | 'Recycle' | 'Delete';
  readonly mountOptions?: readonly string[];
  readonly allowVolumeExpansion?: boolean;
  readonly volumeBindingMode?: 'Immediate' | 'WaitForFirstConsumer';
  readonly allowedTopologies?: readonly {
    readonly matchLabelExpressions?: readonly { readonly key: string; readonly values: readonly string[] | null }[];
  }[];
}
