export interface KubeconfigParts {
  readonly server: string;
  /** PEM. */
  readonly certificate: string;
  readonly token: string;
}

/** What a learner's kubectl needs to reach a sandbox: client-go/tools/clientcmd/api/v1. */
export function kubeconfig({ server, certificate, token }: KubeconfigParts): string {
  const authority = Buffer.from(certificate).toString('base64');
  return `apiVersion: v1
kind: Config
clusters:
- name: kubedrill
  cluster:
    server: ${server}
    certificate-authority-data: ${authority}
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
