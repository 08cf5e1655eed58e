interface DeploymentParts {
  readonly name: string;
  readonly namespace?: string;
  readonly replicas?: number;
  readonly labels?: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly ports?: string;
  /** Further fields of the container, one line each. */
  readonly container?: readonly string[];
}

/** A Deployment of one container, in block style so that lines can be counted. */
export function deployment({
  name,
  namespace,
  replicas = 2,
  labels,
  image = 'nginx:1.29',
  args,
  ports,
  container = [],
}: DeploymentParts): string {
  return [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata:',
    `  name: ${name}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'spec:',
    `  replicas: ${replicas}`,
    '  selector:',
    `    matchLabels: {${labels ?? `app: ${name}`}}`,
    '  template:',
    '    metadata:',
    `      labels: {${labels ?? `app: ${name}`}}`,
    '    spec:',
    '      containers:',
    '        - name: main',
    `          image: ${image}`,
    ...(args ? [`          args: ${JSON.stringify(args)}`] : []),
    ...(ports === undefined ? [] : [`          ports: [${ports}]`]),
    ...container.map((line) => `          ${line}`),
    '',
  ].join('\n');
}

interface ServiceParts {
  readonly name: string;
  readonly namespace?: string;
  readonly selector?: string;
  readonly ports?: string;
  /** Further fields of the spec, one line each. */
  readonly spec?: readonly string[];
}

export function service({
  name,
  namespace,
  selector = `app: ${name}`,
  ports = 'port: 80',
  spec = [],
}: ServiceParts): string {
  return [
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    `  name: ${name}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'spec:',
    ...(selector === '' ? [] : ['  selector:', `    ${selector}`]),
    '  ports:',
    `    - {${ports}}`,
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** http-echo, which answers with a text on 5678. */
export function echo(name: string, parts: Partial<DeploymentParts> = {}): string {
  return deployment({ name, image: 'hashicorp/http-echo:1.0', args: [`-text=this is ${name}`], ...parts });
}

export function client(): string {
  return deployment({ name: 'client', replicas: 1, image: 'busybox:1.37', args: ['sleep', '86400'] });
}

export function documents(...texts: readonly string[]): string {
  return texts.join('---\n');
}

/** `spec`: its lines. */
export function networkPolicy(name: string, ...spec: readonly string[]): string {
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}
