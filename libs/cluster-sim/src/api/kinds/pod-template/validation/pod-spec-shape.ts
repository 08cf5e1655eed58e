import type {
  Container,
  EnvFromSource,
  EnvVar,
  IntOrString,
  LabelSelector,
  PodSpec,
  StringMap,
} from '@kubedrill/kube-model';
import type { ClaimTemplate } from './volume-claim.ts';

/** The fields of core/v1 PodSpec that validation looks at; kube-model names those that the simulation acts on. */

export interface FullPodSpec extends Omit<
  PodSpec,
  'affinity' | 'volumes' | 'containers' | 'initContainers' | 'ephemeralContainers' | 'topologySpreadConstraints'
> {
  readonly containers: readonly FullContainer[] | null;
  readonly initContainers?: readonly FullContainer[];
  readonly ephemeralContainers?: readonly FullContainer[];
  readonly volumes?: readonly Volume[];
  readonly affinity?: Affinity;
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly hostnameOverride?: string;
  readonly shareProcessNamespace?: boolean;
  readonly securityContext?: PodSecurityContext;
  readonly priorityClassName?: string;
  readonly runtimeClassName?: string;
  readonly preemptionPolicy?: string;
  readonly overhead?: StringMap;
  readonly os?: { readonly name: string };
  readonly resources?: Resources;
  readonly resourceClaims?: readonly {
    readonly name: string;
    readonly resourceClaimName?: string;
    readonly resourceClaimTemplateName?: string;
  }[];
}

export interface FullContainer extends Omit<Container, 'resources' | 'lifecycle' | 'volumeMounts' | 'env' | 'envFrom'> {
  readonly env?: readonly FullEnvVar[];
  readonly envFrom?: readonly EnvFromSource[];
  readonly resources?: Resources;
  readonly lifecycle?: Lifecycle;
  readonly volumeMounts?: readonly VolumeMount[];
  readonly volumeDevices?: readonly { readonly name: string; readonly devicePath: string }[];
  readonly terminationMessagePolicy?: string;
  readonly securityContext?: SecurityContext;
  readonly resizePolicy?: readonly { readonly resourceName: string; readonly restartPolicy: string }[];
  readonly targetContainerName?: string;
}

export interface Resources {
  readonly limits?: StringMap;
  readonly requests?: StringMap;
  readonly claims?: readonly { readonly name: string; readonly request?: string }[];
}

export interface FullEnvVar extends Omit<EnvVar, 'valueFrom'> {
  readonly valueFrom?: EnvSource;
}

export interface EnvSource {
  readonly fieldRef?: FieldReference;
  readonly resourceFieldRef?: ResourceFieldReference;
  readonly configMapKeyRef?: KeyReference;
  readonly secretKeyRef?: KeyReference;
  readonly fileKeyRef?: { readonly volumeName: string; readonly path: string; readonly key: string };
}

export interface FieldReference {
  readonly apiVersion?: string;
  readonly fieldPath: string;
}

export interface ResourceFieldReference {
  readonly containerName?: string;
  readonly resource: string;
  readonly divisor?: string;
}

export interface KeyReference {
  readonly name?: string;
  readonly key: string;
}

/** What a probe or a lifecycle hook does: exactly one of them. */
export interface Handler {
  readonly exec?: { readonly command?: readonly string[] };
  readonly httpGet?: HttpGet;
  readonly tcpSocket?: { readonly port: IntOrString };
  readonly grpc?: { readonly port: number };
  readonly sleep?: { readonly seconds: number };
}

export interface HttpGet {
  readonly path?: string;
  readonly port: IntOrString;
  readonly scheme?: string;
  readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
}

export interface Lifecycle {
  readonly postStart?: Handler;
  readonly preStop?: Handler;
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
  readonly recursiveReadOnly?: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
  readonly mountPropagation?: string;
}

export interface KeyToPath {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
}

export interface DownwardApiFile {
  readonly path: string;
  readonly fieldRef?: FieldReference;
  readonly resourceFieldRef?: ResourceFieldReference;
  readonly mode?: number;
}

export interface Projection {
  readonly secret?: { readonly name?: string; readonly items?: readonly KeyToPath[] };
  readonly configMap?: { readonly name?: string; readonly items?: readonly KeyToPath[] };
  readonly downwardAPI?: { readonly items?: readonly DownwardApiFile[] };
  readonly serviceAccountToken?: { readonly expirationSeconds?: number; readonly path?: string };
}

export interface Volume {
  readonly name: string;
  readonly emptyDir?: { readonly sizeLimit?: string };
  readonly hostPath?: { readonly path: string; readonly type?: string };
  readonly gitRepo?: { readonly repository: string; readonly directory?: string };
  readonly secret?: {
    readonly secretName?: string;
    readonly defaultMode?: number;
    readonly items?: readonly KeyToPath[];
  };
  readonly configMap?: { readonly name?: string; readonly defaultMode?: number; readonly items?: readonly KeyToPath[] };
  readonly nfs?: { readonly server: string; readonly path: string };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly downwardAPI?: { readonly defaultMode?: number; readonly items?: readonly DownwardApiFile[] };
  readonly projected?: { readonly defaultMode?: number; readonly sources?: readonly Projection[] | null };
  readonly csi?: { readonly driver: string; readonly nodePublishSecretRef?: { readonly name?: string } };
  readonly ephemeral?: { readonly volumeClaimTemplate?: ClaimTemplate };
  readonly image?: { readonly reference?: string; readonly pullPolicy?: string };
  readonly [otherSource: string]: unknown;
}

export interface SeccompProfile {
  readonly type: string;
  readonly localhostProfile?: string;
}

export interface PodSecurityContext {
  readonly fsGroup?: number;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly supplementalGroups?: readonly number[];
  readonly supplementalGroupsPolicy?: string;
  readonly sysctls?: readonly { readonly name: string; readonly value: string }[];
  readonly fsGroupChangePolicy?: string;
  readonly seccompProfile?: SeccompProfile;
  readonly appArmorProfile?: SeccompProfile;
  readonly seLinuxChangePolicy?: string;
}

export interface SecurityContext {
  readonly privileged?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly procMount?: string;
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: SeccompProfile;
  readonly appArmorProfile?: SeccompProfile;
}

export interface NodeSelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly NodeSelectorRequirement[];
  readonly matchFields?: readonly NodeSelectorRequirement[];
}

export interface PodAffinityTerm {
  readonly labelSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly namespaces?: readonly string[];
  readonly topologyKey: string;
  readonly matchLabelKeys?: readonly string[];
  readonly mismatchLabelKeys?: readonly string[];
}

export interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    readonly weight: number;
    readonly podAffinityTerm: PodAffinityTerm;
  }[];
}

export interface Affinity {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      readonly nodeSelectorTerms: readonly NodeSelectorTerm[] | null;
    };
    readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
      readonly weight: number;
      readonly preference: NodeSelectorTerm;
    }[];
  };
  readonly podAffinity?: PodAffinity;
  readonly podAntiAffinity?: PodAffinity;
}

export interface TopologySpreadConstraint {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: string;
  readonly labelSelector?: LabelSelector;
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: string;
  readonly nodeTaintsPolicy?: string;
  readonly matchLabelKeys?: readonly string[];
}
