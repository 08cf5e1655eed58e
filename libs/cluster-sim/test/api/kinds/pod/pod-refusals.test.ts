import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@kubedrill/kube-model';
import { podDefinition } from '../../../../src/api/kinds/pod/pod-definition.ts';
import { errorsOf } from '../decoded.ts';

/** Expectations from pkg/apis/core/validation/validation.go and the error cases of validation_test.go. */

const container = { name: 'c', image: 'nginx' };

function errors(spec: JsonObject): readonly string[] {
  return errorsOf(podDefinition, { metadata: { name: 'p' }, spec: { containers: [container], ...spec } });
}

type Case = readonly [what: string, members: JsonObject, ...errors: readonly string[]];

const label =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const range = 'must be between 1 and 65535, inclusive';

describe('what a container is refused for', () => {
  it.each<Case>([
    ['no name', { name: '' }, 'name: Required value'],
    ['a name in capitals', { name: 'Web' }, `name: Invalid value: "Web": ${label}`],
    [
      'an unknown policy for its last message',
      { terminationMessagePolicy: 'x' },
      'terminationMessagePolicy: Unsupported value: "x": supported values: "File", "FallbackToLogsOnError"',
    ],
    [
      'a port name that is too long',
      { ports: [{ name: 'a'.repeat(16), containerPort: 80 }] },
      `ports[0].name: Invalid value: "${'a'.repeat(16)}": must be no more than 15 characters`,
    ],
    [
      'a port name of digits',
      { ports: [{ name: '80', containerPort: 80 }] },
      'ports[0].name: Invalid value: "80": must contain at least one letter (a-z)',
    ],
    [
      'a port name with capitals and two hyphens',
      { ports: [{ name: 'A--b', containerPort: 80 }] },
      'ports[0].name: Invalid value: "A--b": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      'ports[0].name: Invalid value: "A--b": must not contain consecutive hyphens',
    ],
    [
      'a host port out of range',
      { ports: [{ containerPort: 80, hostPort: -1 }] },
      `ports[0].hostPort: Invalid value: -1: ${range}`,
    ],
    ['a variable without a name', { env: [{ value: 'a' }] }, 'env[0].name: Required value'],
    [
      'a variable with = in its name',
      { env: [{ name: 'a=b', value: 'a' }] },
      'env[0].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than \'=\'',
    ],
    [
      'a variable with a value and a source',
      { env: [{ name: 'A', value: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
      'env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
    ],
    [
      'a variable with two sources',
      {
        env: [
          {
            name: 'A',
            valueFrom: { fieldRef: { fieldPath: 'metadata.name' }, secretKeyRef: { name: 's', key: 'k' } },
          },
        ],
      },
      'env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time',
    ],
    [
      'a key without a name',
      { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'm' } } }] },
      'env[0].valueFrom.configMapKeyRef.key: Required value',
    ],
    [
      'a field that is only for volumes',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } }] },
      'env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"',
    ],
    [
      'an annotation key that is none',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: "metadata.labels['a b']" } } }] },
      "env[0].valueFrom.fieldRef: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
    [
      'a subscript where there is none',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: "metadata.name['a']" } } }] },
      "env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"metadata.name['a']\": error converting fieldPath: field label does not support subscript: metadata.name['a']",
    ],
    [
      'an unknown resource',
      { env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } }] },
      'env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
    ],
    [
      'a divisor of processors in bytes',
      { env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1Mi' } } }] },
      'env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor\'s values 1m and 1 are supported with the cpu resource',
    ],
    [
      'variables from nowhere',
      { envFrom: [{}] },
      'envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
    ],
    [
      'variables from a Secret without a name',
      { envFrom: [{ secretRef: {} }] },
      'envFrom[0].secretRef.name: Required value',
    ],
    [
      'a command of a probe that is missing',
      { livenessProbe: { exec: {} } },
      'livenessProbe.exec.command: Required value',
    ],
    [
      'a probe of an odd port with an odd scheme and header',
      {
        readinessProbe: {
          httpGet: { path: '/', port: 0, scheme: 'http', httpHeaders: [{ name: 'a b', value: '' }] },
        },
      },
      `readinessProbe.httpGet.port: Invalid value: 0: ${range}`,
      'readinessProbe.httpGet.scheme: Unsupported value: "http": supported values: "HTTP", "HTTPS"',
      "readinessProbe.httpGet.httpHeaders: Invalid value: \"a b\": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')",
    ],
    [
      'a probe of a port by a name that is none',
      { startupProbe: { tcpSocket: { port: '' } } },
      'startupProbe.tcpSocket.port: Invalid value: "": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
      'startupProbe.tcpSocket.port: Invalid value: "": must contain at least one letter (a-z)',
    ],
    [
      'times below zero',
      {
        livenessProbe: {
          grpc: { port: 1 },
          initialDelaySeconds: -1,
          timeoutSeconds: -1,
          periodSeconds: -1,
          failureThreshold: -1,
          terminationGracePeriodSeconds: 0,
        },
      },
      'livenessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0',
      'livenessProbe.timeoutSeconds: Invalid value: -1: must be greater than or equal to 0',
      'livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0',
      'livenessProbe.failureThreshold: Invalid value: -1: must be greater than or equal to 0',
      'livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0',
    ],
    [
      'a readiness probe with a grace period',
      { readinessProbe: { grpc: { port: 1 }, terminationGracePeriodSeconds: 1 } },
      'readinessProbe.terminationGracePeriodSeconds: Invalid value: 1: must not be set for readinessProbes',
    ],
    [
      'a sleep longer than the grace period',
      { lifecycle: { preStop: { sleep: { seconds: 31 } }, postStart: {} } },
      'lifecycle.postStart: Required value: must specify a handler type',
      'lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)',
    ],
    [
      'a negative amount',
      { resources: { limits: { memory: '-1' } } },
      'resources.limits[memory]: Invalid value: "-1": must be greater than or equal to 0',
      'resources.requests[memory]: Invalid value: "-1": must be greater than or equal to 0',
    ],
    [
      'half of a device',
      { resources: { limits: { 'example.com/gpu': '500m' } } },
      'resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer',
      'resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer',
    ],
    [
      'devices that are only asked for',
      { resources: { requests: { 'example.com/gpu': '1' } } },
      'resources.limits: Required value: Limit must be set for non overcommitable resources',
    ],
    [
      'huge pages alone, and not a multiple',
      { resources: { limits: { 'hugepages-2Mi': '3Mi' } } },
      'resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
      'resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi',
      'resources: Forbidden: HugePages require cpu or memory',
    ],
    [
      'a resource of Kubernetes that no container has',
      { resources: { limits: { pods: '1' } } },
      'resources.limits[pods]: Invalid value: "pods": must be a standard resource for containers',
      'resources.requests[pods]: Invalid value: "pods": must be a standard resource for containers',
    ],
    [
      'a claim that the pod does not make',
      { resources: { claims: [{ name: 'a' }] } },
      'resources.claims[0]: Not found: "a": must be one of the names in pod.spec.resourceClaims which is empty',
    ],
    [
      'no escalation for the privileged',
      { securityContext: { privileged: true, allowPrivilegeEscalation: false } },
      'securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    ],
    [
      'rules of restarts without a policy',
      { restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }] },
      'restartPolicy: Required value: must specify restartPolicy when restart rules are used',
    ],
    [
      'rules of restarts of an unknown kind',
      { restartPolicy: 'Sometimes', restartPolicyRules: [{ action: 'Wait' }] },
      'restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
      'restartPolicyRules[0].action: Unsupported value: "Wait": supported values: "Restart", "RestartAllContainers"',
      'restartPolicyRules[0].exitCodes: Required value: must be specified',
    ],
  ])('%s', (_what, members, ...expected) => {
    expect(errors({ containers: [{ ...container, ...members }] })).toEqual(
      expected.map((error) => `spec.containers[0].${error}`),
    );
  });
});

describe('what a pod is refused for', () => {
  it.each<Case>([
    [
      'volumes without a name, and two of one; an empty directory stands for no source',
      { volumes: [{ emptyDir: {} }, { name: 'v' }, { name: 'v', emptyDir: {} }, { name: 'v', emptyDir: {} }] },
      'volumes[0].name: Required value',
      'volumes[2].name: Duplicate value: "v"',
      'volumes[3].name: Duplicate value: "v"',
    ],
    [
      'a host path with a step back, of an unknown type',
      { volumes: [{ name: 'v', hostPath: { path: '/a/..', type: 'Pipe' } }] },
      'volumes[0].hostPath.path: Invalid value: "/a/..": must not contain \'..\'',
      'volumes[0].hostPath.type: Unsupported value: "Pipe": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
    ],
    [
      'keys of a ConfigMap in odd places',
      {
        volumes: [
          {
            name: 'v',
            configMap: {
              name: 'm',
              defaultMode: 512,
              items: [
                { key: 'k', path: '/a', mode: -1 },
                { key: '', path: '..a' },
              ],
            },
          },
        ],
      },
      'volumes[0].configMap.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive',
      'volumes[0].configMap.items[0].path: Invalid value: "/a": must be a relative path',
      'volumes[0].configMap.items[0].mode: Invalid value: -1: must be a number between 0 and 0777 (octal), both inclusive',
      'volumes[0].configMap.items[1].key: Required value',
      'volumes[0].configMap.items[1].path: Invalid value: "..a": must not start with \'..\'',
    ],
    [
      'a mount that is there already, below and above',
      {
        volumes: [{ name: 'v', emptyDir: {} }],
        containers: [
          {
            ...container,
            volumeMounts: [
              { name: 'v', mountPath: '/a', subPath: '../b' },
              { name: 'v', mountPath: '/a', mountPropagation: 'Bidirectional' },
              { name: 'v', mountPath: '' },
            ],
          },
        ],
      },
      'containers[0].volumeMounts.subPath: Invalid value: "../b": must not contain \'..\'',
      'containers[0].volumeMounts[1].mountPath: Invalid value: "/a": must be unique',
      'containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers',
      'containers[0].volumeMounts[2].mountPath: Required value',
    ],
    [
      'one host port in two containers',
      {
        containers: [
          { ...container, ports: [{ containerPort: 80, hostPort: 80 }] },
          {
            ...container,
            name: 'd',
            ports: [
              { containerPort: 81, hostPort: 80 },
              { containerPort: 80, hostPort: 80, protocol: 'UDP' },
            ],
          },
        ],
      },
      'containers[1].ports[0].hostPort: Duplicate value: "TCP//80"',
    ],
    [
      'two init containers of one name, of which one would be probed',
      {
        initContainers: [
          { ...container, name: 'i' },
          { ...container, name: 'i', restartPolicy: 'Always', startupProbe: {}, lifecycle: { preStop: { exec: {} } } },
        ],
      },
      'initContainers[1].name: Duplicate value: "i"',
      'initContainers[1].lifecycle.preStop.exec.command: Required value',
      'initContainers[1].startupProbe: Required value: must specify a handler type',
    ],
    [
      'an unknown restart of an init container',
      { initContainers: [{ ...container, name: 'i', restartPolicy: 'Sometimes' }] },
      'initContainers[0].restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
    ],
    [
      'an unknown way of asking for names',
      { dnsPolicy: 'Cluster' },
      'dnsPolicy: Unsupported value: "Cluster": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
    ],
    [
      'names of nobody',
      { dnsPolicy: 'None', dnsConfig: { searches: ['a'] } },
      'dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None',
    ],
    [
      'an odd name server, search and option',
      { dnsConfig: { nameservers: ['a'], searches: ['A'], options: [{ value: '1' }] } },
      'dnsConfig.nameservers[0]: Invalid value: "a": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      "dnsConfig.searches[0]: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')",
      'dnsConfig.options[0]: Required value: must not be empty',
    ],
    [
      'an alias that is no address, for no name',
      { hostAliases: [{ ip: 'a', hostnames: ['B'] }] },
      'hostAliases[0].ip: Invalid value: "a": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      "hostAliases[0].hostnames[0]: Invalid value: \"B\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
    [
      'a readiness gate that is no name',
      { readinessGates: [{ conditionType: 'a/b/c' }] },
      "readinessGates[0].conditionType: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ],
    [
      'nodes by nothing, and by an odd name',
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] },
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 0,
                preference: {
                  matchExpressions: [{ key: 'a', operator: 'In' }],
                  matchFields: [{ key: 'b', operator: 'Exists' }],
                },
              },
            ],
          },
        },
      },
      'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
      'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100',
      "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchFields[0].operator: Invalid value: "Exists": not a valid selector operator',
      'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchFields[0].key: Invalid value: "b": not a valid field selector key',
    ],
    [
      'pods in no topology',
      { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: {} }] } } },
      'affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty',
      'affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "": name part must be non-empty',
      "affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
    [
      'the same spread twice, and few domains',
      {
        topologySpreadConstraints: [
          { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 },
          { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' },
        ],
      },
      'topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, ScheduleAnyway}"',
      'topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway',
    ],
    [
      'tolerations of nothing, for a time, of an unknown effect',
      {
        tolerations: [
          { operator: 'Equal', value: 'a' },
          { key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 },
          { key: 'a', operator: 'In', effect: 'NoRun' },
        ],
      },
      'tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
      'tolerations[1].effect: Invalid value: "NoSchedule": effect must be \'NoExecute\' when `tolerationSeconds` is set',
      'tolerations[2].operator: Unsupported value: "In": supported values: "Equal", "Exists"',
      'tolerations[2].effect: Unsupported value: "NoRun": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
    [
      'settings of a kernel that is shared',
      {
        hostNetwork: true,
        securityContext: {
          fsGroup: -1,
          sysctls: [
            { name: 'net.core.somaxconn', value: '1' },
            { name: 'A', value: '' },
          ],
        },
      },
      'securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive',
      'securityContext.sysctls[0].name: Invalid value: "net.core.somaxconn": may not be specified when \'hostNetwork\' is true',
      'securityContext.sysctls[1].name: Invalid value: "A": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
    ],
    [
      'a deadline of nothing, and names of no form',
      { activeDeadlineSeconds: 0, subdomain: 'a_b', nodeName: 'A', priorityClassName: '-' },
      "nodeName: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive',
      `subdomain: Invalid value: "a_b": ${label}`,
      "priorityClassName: Invalid value: \"-\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
    [
      'a node before its gates are gone, and a gate twice',
      { nodeName: 'node-1', schedulingGates: [{ name: 'a' }, { name: 'a' }] },
      'schedulingGates[1]: Duplicate value: "a"',
      'nodeName: Forbidden: cannot be set until all schedulingGates have been cleared',
    ],
    [
      'an operating system of its own',
      { os: { name: 'plan9' } },
      'os: Unsupported value: "plan9": supported values: "linux", "windows"',
    ],
    [
      'options of Windows on Linux',
      {
        os: { name: 'linux' },
        securityContext: { windowsOptions: { runAsUserName: 'a' } },
        containers: [{ ...container, securityContext: { windowsOptions: { runAsUserName: 'a' } } }],
      },
      'securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod',
      'containers[0].securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod',
    ],
    [
      'what Linux has on Windows',
      {
        os: { name: 'windows' },
        hostPID: true,
        resources: { limits: { cpu: '1' } },
        securityContext: { fsGroup: 1, runAsUser: 1 },
        containers: [{ ...container, securityContext: { privileged: true, runAsGroup: 1 } }],
      },
      'resources: Forbidden: may not be set for a windows pod',
      'hostPID: Forbidden: cannot be set for a windows pod',
      'securityContext.fsGroup: Forbidden: cannot be set for a windows pod',
      'securityContext.runAsUser: Forbidden: cannot be set for a windows pod',
      'containers[0].securityContext.privileged: Forbidden: cannot be set for a windows pod',
      'containers[0].securityContext.runAsGroup: Forbidden: cannot be set for a windows pod',
    ],
    [
      'a container for debugging',
      {
        ephemeralContainers: [
          { ...container, name: 'd', ports: [{ containerPort: 1 }], resources: { limits: { cpu: '1' } } },
        ],
      },
      'ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container',
      'ephemeralContainers[0].resources: Forbidden: cannot be set for an Ephemeral Container',
      'ephemeralContainers: Forbidden: cannot be set on create',
    ],
    [
      'a profile where there is none to be found',
      { securityContext: { seccompProfile: { type: 'Unconfined', localhostProfile: 'a' } } },
      'securityContext.seccompProfile.localhostProfile: Invalid value: {"Type":"Unconfined","LocalhostProfile":"a"}: can only be set when seccomp type is Localhost',
    ],
    [
      'containers that want more than their pod has',
      {
        resources: { requests: { cpu: '1' }, limits: { cpu: '1', memory: '1Gi' } },
        containers: [
          { ...container, resources: { requests: { cpu: '600m' }, limits: { cpu: '600m', memory: '2Gi' } } },
          { ...container, name: 'd', resources: { requests: { cpu: '600m' } } },
        ],
      },
      'resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi',
      'resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 1200m',
      'resources.containers[0][memory].limits: Invalid value: "2Gi": must be less than or equal to pod limits of 1Gi',
    ],
    [
      'resources that no pod has for itself',
      { resources: { limits: { 'ephemeral-storage': '1Gi' }, claims: [{ name: 'a' }] } },
      'resources.claims: Forbidden: claims may not be set for Resources at pod-level',
      'resources.limits[ephemeral-storage]: Unsupported value: "ephemeral-storage": supported values: "cpu", "hugepages-", "memory"',
      'resources.claims[0]: Not found: "a": must be one of the names in pod.spec.resourceClaims which is empty',
    ],
    [
      'a claim of nothing',
      { resourceClaims: [{ name: 'a' }] },
      'resourceClaims[0]: Invalid value: {"Name":"a","ResourceClaimName":null,"ResourceClaimTemplateName":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`',
    ],
    [
      'users of its own on a shared network',
      { hostUsers: false, hostNetwork: true, hostPID: true, hostIPC: true },
      'hostNetwork: Forbidden: when `hostUsers` is false',
      'HostPID: Forbidden: when `hostUsers` is false',
      'HostIPC: Forbidden: when `hostUsers` is false',
    ],
  ])('%s', (_what, spec, ...expected) => {
    expect(errors(spec)).toEqual(expected.map((error) => `spec.${error}`));
  });
});
