export interface KubeconfigParts {
  readonly server: string;
  /** PEM; absent: the system's authorities vouch for the server. */
  readonly certificate?: string;
  /** The name that the certificate is for, where the server goes by others. */
  readonly serverName?: string;
  readonly token: string;
  /** What cluster and context are called; default kubedrill. */
  readonly cluster?: string;
  readonly context?: string;
}

/** What a learner's kubectl needs to reach a sandbox: client-go/tools/clientcmd/api/v1. */
export function kubeconfig({
  server,
  certificate,
  serverName,
  token,
  cluster = 'kubedrill',
  context = 'kubedrill',
}: KubeconfigParts): string {
  const authority =
    certificate === undefined
      ? ''
      : `
    certificate-authority-data: ${Buffer.from(certificate).toString('base64')}`;
  const name =
    serverName === undefined
      ? ''
      : `
    tls-server-name: ${serverName}`;
  return `apiVersion: v1
kind: Config
clusters:
- name: ${cluster}
  cluster:
    server: ${server}${authority}${name}
users:
- name: kubernetes-admin
  user:
    token: ${token}
contexts:
- name: ${context}
  context:
    cluster: ${cluster}
    user: kubernetes-admin
current-context: ${context}
`;
}
