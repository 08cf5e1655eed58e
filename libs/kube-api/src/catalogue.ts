/**
 * What a real v1.36 API server says that it serves, in its order: kubernetes/api/discovery. The kinds that the cluster does not
 * model are listed as well, so that `kubectl api-resources` tells the truth; there are never any objects of them.
 */
export interface CatalogueEntry {
  readonly singular?: string;
  readonly short?: readonly string[];
  readonly categories?: readonly string[];
  /** The group and version of a subresource's kind, where they are not the resource's own. */
  readonly of?: string;
  readonly hash?: string;
}

/** Name, kind, scope, verbs ('all' of an ordinary resource, 'part' of a status or scale, or the words themselves). */
export type CatalogueRow = readonly [string, string, 'ns' | 'cluster', string, CatalogueEntry?];

export const catalogue: readonly (readonly [groupVersion: string, rows: readonly CatalogueRow[]])[] = [
  [
    'v1',
    [
      ['bindings', 'Binding', 'ns', 'create'],
      ['componentstatuses', 'ComponentStatus', 'cluster', 'get list', { short: ['cs'] }],
      ['configmaps', 'ConfigMap', 'ns', 'all', { short: ['cm'], hash: 'qFsyl6wFWjQ=' }],
      ['endpoints', 'Endpoints', 'ns', 'all', { short: ['ep'], hash: 'fWeeMqaN/OA=' }],
      ['events', 'Event', 'ns', 'all', { short: ['ev'], hash: 'r2yiGXH7wu8=' }],
      ['limitranges', 'LimitRange', 'ns', 'all', { short: ['limits'], hash: 'EBKMFVe6cwo=' }],
      [
        'namespaces',
        'Namespace',
        'cluster',
        'create delete get list patch update watch',
        { short: ['ns'], hash: 'Q3oi5N2YM8M=' },
      ],
      ['namespaces/finalize', 'Namespace', 'cluster', 'update'],
      ['namespaces/status', 'Namespace', 'cluster', 'part'],
      ['nodes', 'Node', 'cluster', 'all', { short: ['no'], hash: 'XwShjMxG9Fs=' }],
      ['nodes/proxy', 'NodeProxyOptions', 'cluster', 'create delete get patch update'],
      ['nodes/status', 'Node', 'cluster', 'part'],
      ['persistentvolumeclaims', 'PersistentVolumeClaim', 'ns', 'all', { short: ['pvc'], hash: 'QWTyNDq0dC4=' }],
      ['persistentvolumeclaims/status', 'PersistentVolumeClaim', 'ns', 'part'],
      ['persistentvolumes', 'PersistentVolume', 'cluster', 'all', { short: ['pv'], hash: 'HN/zwEC+JgM=' }],
      ['persistentvolumes/status', 'PersistentVolume', 'cluster', 'part'],
      ['pods', 'Pod', 'ns', 'all', { short: ['po'], categories: ['all'], hash: 'xPOwRZ+Yhw8=' }],
      ['pods/attach', 'PodAttachOptions', 'ns', 'create get'],
      ['pods/binding', 'Binding', 'ns', 'create'],
      ['pods/ephemeralcontainers', 'Pod', 'ns', 'part'],
      ['pods/eviction', 'Eviction', 'ns', 'create', { of: 'policy/v1' }],
      ['pods/exec', 'PodExecOptions', 'ns', 'create get'],
      ['pods/log', 'Pod', 'ns', 'get'],
      ['pods/portforward', 'PodPortForwardOptions', 'ns', 'create get'],
      ['pods/proxy', 'PodProxyOptions', 'ns', 'create delete get patch update'],
      ['pods/resize', 'Pod', 'ns', 'part'],
      ['pods/status', 'Pod', 'ns', 'part'],
      ['podtemplates', 'PodTemplate', 'ns', 'all', { hash: 'LIXB2x4IFpk=' }],
      [
        'replicationcontrollers',
        'ReplicationController',
        'ns',
        'all',
        { short: ['rc'], categories: ['all'], hash: 'Jond2If31h0=' },
      ],
      ['replicationcontrollers/scale', 'Scale', 'ns', 'part', { of: 'autoscaling/v1' }],
      ['replicationcontrollers/status', 'ReplicationController', 'ns', 'part'],
      ['resourcequotas', 'ResourceQuota', 'ns', 'all', { short: ['quota'], hash: '8uhSgffRX6w=' }],
      ['resourcequotas/status', 'ResourceQuota', 'ns', 'part'],
      ['secrets', 'Secret', 'ns', 'all', { hash: 'S6u1pOWzb84=' }],
      ['serviceaccounts', 'ServiceAccount', 'ns', 'all', { short: ['sa'], hash: 'pbx9ZvyFpBE=' }],
      ['serviceaccounts/token', 'TokenRequest', 'ns', 'create', { of: 'authentication.k8s.io/v1' }],
      ['services', 'Service', 'ns', 'all', { short: ['svc'], categories: ['all'], hash: '0/CO1lhkEBI=' }],
      ['services/proxy', 'ServiceProxyOptions', 'ns', 'create delete get patch update'],
      ['services/status', 'Service', 'ns', 'part'],
    ],
  ],
  [
    'apiregistration.k8s.io/v1',
    [
      ['apiservices', 'APIService', 'cluster', 'all', { categories: ['api-extensions'], hash: 'InPBPD7+PqM=' }],
      ['apiservices/status', 'APIService', 'cluster', 'part'],
    ],
  ],
  [
    'apps/v1',
    [
      ['controllerrevisions', 'ControllerRevision', 'ns', 'all', { hash: '85nkx63pcBU=' }],
      ['daemonsets', 'DaemonSet', 'ns', 'all', { short: ['ds'], categories: ['all'], hash: 'dd7pWHUlMKQ=' }],
      ['daemonsets/status', 'DaemonSet', 'ns', 'part'],
      ['deployments', 'Deployment', 'ns', 'all', { short: ['deploy'], categories: ['all'], hash: '8aSe+NMegvE=' }],
      ['deployments/scale', 'Scale', 'ns', 'part', { of: 'autoscaling/v1' }],
      ['deployments/status', 'Deployment', 'ns', 'part'],
      ['replicasets', 'ReplicaSet', 'ns', 'all', { short: ['rs'], categories: ['all'], hash: 'P1RzHs8/mWQ=' }],
      ['replicasets/scale', 'Scale', 'ns', 'part', { of: 'autoscaling/v1' }],
      ['replicasets/status', 'ReplicaSet', 'ns', 'part'],
      ['statefulsets', 'StatefulSet', 'ns', 'all', { short: ['sts'], categories: ['all'], hash: 'H+vl74LkKdo=' }],
      ['statefulsets/scale', 'Scale', 'ns', 'part', { of: 'autoscaling/v1' }],
      ['statefulsets/status', 'StatefulSet', 'ns', 'part'],
    ],
  ],
  ['events.k8s.io/v1', [['events', 'Event', 'ns', 'all', { short: ['ev'], hash: 'r2yiGXH7wu8=' }]]],
  [
    'authentication.k8s.io/v1',
    [
      ['selfsubjectreviews', 'SelfSubjectReview', 'cluster', 'create'],
      ['tokenreviews', 'TokenReview', 'cluster', 'create'],
    ],
  ],
  [
    'authorization.k8s.io/v1',
    [
      ['localsubjectaccessreviews', 'LocalSubjectAccessReview', 'ns', 'create'],
      ['selfsubjectaccessreviews', 'SelfSubjectAccessReview', 'cluster', 'create'],
      ['selfsubjectrulesreviews', 'SelfSubjectRulesReview', 'cluster', 'create'],
      ['subjectaccessreviews', 'SubjectAccessReview', 'cluster', 'create'],
    ],
  ],
  [
    'autoscaling/v2',
    [
      [
        'horizontalpodautoscalers',
        'HorizontalPodAutoscaler',
        'ns',
        'all',
        { short: ['hpa'], categories: ['all'], hash: 'qwQve8ut294=' },
      ],
      ['horizontalpodautoscalers/status', 'HorizontalPodAutoscaler', 'ns', 'part'],
    ],
  ],
  [
    'autoscaling/v1',
    [
      [
        'horizontalpodautoscalers',
        'HorizontalPodAutoscaler',
        'ns',
        'all',
        { short: ['hpa'], categories: ['all'], hash: 'qwQve8ut294=' },
      ],
      ['horizontalpodautoscalers/status', 'HorizontalPodAutoscaler', 'ns', 'part'],
    ],
  ],
  [
    'batch/v1',
    [
      ['cronjobs', 'CronJob', 'ns', 'all', { short: ['cj'], categories: ['all'], hash: 'sd5LIXh4Fjs=' }],
      ['cronjobs/status', 'CronJob', 'ns', 'part'],
      ['jobs', 'Job', 'ns', 'all', { categories: ['all'], hash: 'mudhfqk/qZY=' }],
      ['jobs/status', 'Job', 'ns', 'part'],
    ],
  ],
  [
    'certificates.k8s.io/v1',
    [
      [
        'certificatesigningrequests',
        'CertificateSigningRequest',
        'cluster',
        'all',
        { short: ['csr'], hash: '95fRKMXA+00=' },
      ],
      ['certificatesigningrequests/approval', 'CertificateSigningRequest', 'cluster', 'part'],
      ['certificatesigningrequests/status', 'CertificateSigningRequest', 'cluster', 'part'],
    ],
  ],
  [
    'networking.k8s.io/v1',
    [
      ['ingressclasses', 'IngressClass', 'cluster', 'all', { hash: 'l/iqIbDgFyQ=' }],
      ['ingresses', 'Ingress', 'ns', 'all', { short: ['ing'], hash: '39NQlfNR+bo=' }],
      ['ingresses/status', 'Ingress', 'ns', 'part'],
      ['ipaddresses', 'IPAddress', 'cluster', 'all', { short: ['ip'], hash: '3f/plJFChNE=' }],
      ['networkpolicies', 'NetworkPolicy', 'ns', 'all', { short: ['netpol'], hash: 'YpfwF18m1G8=' }],
      ['servicecidrs', 'ServiceCIDR', 'cluster', 'all', { hash: 'gNLvruQhW2g=' }],
      ['servicecidrs/status', 'ServiceCIDR', 'cluster', 'part'],
    ],
  ],
  [
    'policy/v1',
    [
      ['poddisruptionbudgets', 'PodDisruptionBudget', 'ns', 'all', { short: ['pdb'], hash: 'EVWiDmWqyJw=' }],
      ['poddisruptionbudgets/status', 'PodDisruptionBudget', 'ns', 'part'],
    ],
  ],
  [
    'rbac.authorization.k8s.io/v1',
    [
      ['clusterrolebindings', 'ClusterRoleBinding', 'cluster', 'all', { hash: '48tpQ8gZHFc=' }],
      ['clusterroles', 'ClusterRole', 'cluster', 'all', { hash: 'bYE5ZWDrJ44=' }],
      ['rolebindings', 'RoleBinding', 'ns', 'all', { hash: 'eGsCzGH6b1g=' }],
      ['roles', 'Role', 'ns', 'all', { hash: '7FuwZcIIItM=' }],
    ],
  ],
  [
    'storage.k8s.io/v1',
    [
      ['csidrivers', 'CSIDriver', 'cluster', 'all', { hash: 'hL6j/rwBV5w=' }],
      ['csinodes', 'CSINode', 'cluster', 'all', { hash: 'Pe62DkZtjuo=' }],
      ['csistoragecapacities', 'CSIStorageCapacity', 'ns', 'all', { hash: 'xeVl+2Ly1kE=' }],
      ['storageclasses', 'StorageClass', 'cluster', 'all', { short: ['sc'], hash: 'K+m6uJwbjGY=' }],
      ['volumeattachments', 'VolumeAttachment', 'cluster', 'all', { hash: 'tJx/ezt6UDU=' }],
      ['volumeattachments/status', 'VolumeAttachment', 'cluster', 'part'],
      ['volumeattributesclasses', 'VolumeAttributesClass', 'cluster', 'all', { short: ['vac'], hash: 'tIjydgKBC5w=' }],
    ],
  ],
  [
    'admissionregistration.k8s.io/v1',
    [
      [
        'mutatingadmissionpolicies',
        'MutatingAdmissionPolicy',
        'cluster',
        'all',
        { categories: ['api-extensions'], hash: 'LYmCf+UMVdg=' },
      ],
      [
        'mutatingadmissionpolicybindings',
        'MutatingAdmissionPolicyBinding',
        'cluster',
        'all',
        { categories: ['api-extensions'], hash: '90V5FRZZ3Zg=' },
      ],
      [
        'mutatingwebhookconfigurations',
        'MutatingWebhookConfiguration',
        'cluster',
        'all',
        { categories: ['api-extensions'], hash: 'Sqi0GUgDaX0=' },
      ],
      [
        'validatingadmissionpolicies',
        'ValidatingAdmissionPolicy',
        'cluster',
        'all',
        { categories: ['api-extensions'], hash: '6OxvlMmQ6is=' },
      ],
      ['validatingadmissionpolicies/status', 'ValidatingAdmissionPolicy', 'cluster', 'part'],
      [
        'validatingadmissionpolicybindings',
        'ValidatingAdmissionPolicyBinding',
        'cluster',
        'all',
        { categories: ['api-extensions'], hash: 'v9715VZqakg=' },
      ],
      [
        'validatingwebhookconfigurations',
        'ValidatingWebhookConfiguration',
        'cluster',
        'all',
        { categories: ['api-extensions'], hash: 'B0wHjQmsGNk=' },
      ],
    ],
  ],
  [
    'apiextensions.k8s.io/v1',
    [
      [
        'customresourcedefinitions',
        'CustomResourceDefinition',
        'cluster',
        'all',
        { short: ['crd', 'crds'], categories: ['api-extensions'], hash: 'jfWCUB31mvA=' },
      ],
      ['customresourcedefinitions/status', 'CustomResourceDefinition', 'cluster', 'part'],
    ],
  ],
  [
    'scheduling.k8s.io/v1',
    [['priorityclasses', 'PriorityClass', 'cluster', 'all', { short: ['pc'], hash: '1QwjyaZjj3Y=' }]],
  ],
  ['coordination.k8s.io/v1', [['leases', 'Lease', 'ns', 'all', { hash: 'gqkMMb/YqFM=' }]]],
  ['node.k8s.io/v1', [['runtimeclasses', 'RuntimeClass', 'cluster', 'all', { hash: 'WQTu1GL3T2Q=' }]]],
  ['discovery.k8s.io/v1', [['endpointslices', 'EndpointSlice', 'ns', 'all', { hash: 'qgS0xkrxYAI=' }]]],
  [
    'resource.k8s.io/v1',
    [
      ['deviceclasses', 'DeviceClass', 'cluster', 'all', { hash: 'Yk2PTc1Ybxk=' }],
      ['resourceclaims', 'ResourceClaim', 'ns', 'all', { hash: 'wgAZaHcZxUg=' }],
      ['resourceclaims/status', 'ResourceClaim', 'ns', 'part'],
      ['resourceclaimtemplates', 'ResourceClaimTemplate', 'ns', 'all', { hash: 'TuzjC49aUfM=' }],
      ['resourceslices', 'ResourceSlice', 'cluster', 'all', { hash: 'KsC072WgaEY=' }],
    ],
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1',
    [
      ['flowschemas', 'FlowSchema', 'cluster', 'all', { hash: 'GJVAJZSZBIw=' }],
      ['flowschemas/status', 'FlowSchema', 'cluster', 'part'],
      ['prioritylevelconfigurations', 'PriorityLevelConfiguration', 'cluster', 'all', { hash: 'Kir5PVfvNeI=' }],
      ['prioritylevelconfigurations/status', 'PriorityLevelConfiguration', 'cluster', 'part'],
    ],
  ],
];
