import type { FlagSet } from './flags.ts';

const text = { value: 'required' } as const;
const yesOrNo = { value: 'none' } as const;

/** What every command takes: cli-runtime/pkg/genericclioptions/config_flags.go, kubectl/pkg/cmd/cmd.go, component-base/logs. */
export const globalFlags: FlagSet = {
  as: text,
  'as-group': text,
  'as-uid': text,
  'as-user-extra': text,
  'cache-dir': text,
  'certificate-authority': text,
  'client-certificate': text,
  'client-key': text,
  cluster: text,
  context: text,
  'disable-compression': yesOrNo,
  help: { short: 'h', value: 'none' },
  'insecure-skip-tls-verify': yesOrNo,
  kubeconfig: text,
  kuberc: text,
  'log-flush-frequency': { value: 'required', type: 'duration' },
  'match-server-version': yesOrNo,
  namespace: { short: 'n', value: 'required' },
  password: text,
  profile: text,
  'profile-output': text,
  'request-timeout': text,
  server: { short: 's', value: 'required' },
  'tls-server-name': text,
  token: text,
  user: text,
  username: text,
  v: { short: 'v', value: 'required', type: 'int' },
  vmodule: text,
  'warnings-as-errors': yesOrNo,
};
