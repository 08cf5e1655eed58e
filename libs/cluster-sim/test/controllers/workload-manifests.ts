/** A workload with one container of nginx; `spec` and `podSpec` are further fields as flow YAML without braces. */
export function workload(
  kind: 'StatefulSet' | 'DaemonSet',
  { spec = '', podSpec = '', image = 'nginx', name = 'web' }: WorkloadFixture = {},
): string {
  return `
apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec: {selector: {matchLabels: {app: ${name}}}${spec && `, ${spec}`}, template: {metadata: {labels: {app: ${name}}},
  spec: {containers: [{name: c, image: "${image}"}]${podSpec && `, ${podSpec}`}}}}
`;
}

export interface WorkloadFixture {
  readonly spec?: string;
  readonly podSpec?: string;
  readonly image?: string;
  readonly name?: string;
}

export function job(spec = '', podSpec = ''): string {
  return `
apiVersion: batch/v1
kind: Job
metadata: {name: work}
spec: {${spec && `${spec}, `}template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]${podSpec && `, ${podSpec}`}}}}
`;
}
