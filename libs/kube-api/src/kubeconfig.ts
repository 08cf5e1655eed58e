export interface KubeconfigParts {
  readonly server: string;
  /** PEM; absent: the system's authorities vouch for the server. */
  readonly certificate?: string;
  /** The name that the certificate is for, where the server goes by others. */
  readonly serverName?: string;
  readonly token: string;
}

/** What a learner's kubectl needs to reach a sandbox: client-go/tools/clientcmd/api/v1. */
export function kubeconfig({ server, certificate, serverName, token }: KubeconfigParts): string {
  const authority =
    certificate === undefined ? '' : `\n    certificate-authority-data: ${Buffer.from(certificate).toString('base64')}`;
  const name = serverName === undefined ? '' : `\n    tls-server-name: ${serverName}`;
  return `apiVersion: v1
kind: Config
clusters:
- name: kubedrill
  cluster:
    server: ${server}${authority}${name}
users:
- name: kubernetes-admin
  user:
    token: ${token}
contexts:
- name: kubedrill
  context:
    cluster: kubedrill
    user: kubernetes-admin
current-context: kubedrill
`;
}
