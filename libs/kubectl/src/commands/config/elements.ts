import { quote } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import type { FlagSet } from '../../flags.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { kubeconfigPath, readKubeconfig, writeKubeconfig } from '../../kubeconfig.ts';
import { unexpectedArguments } from './unexpected-arguments.ts';

type Part = 'clusters' | 'users';

const text = { value: 'required' } as const;

/** kubectl/pkg/cmd/config/get_clusters.go, get_users.go. */
function listing(name: string, part: Part, emptyText: string): KubectlCommand {
  return {
    name,
    flags: {},
    run({ console, flags, host }) {
      const names = [...readKubeconfig(flags, host)[part].keys()].toSorted();
      console.print('NAME');
      for (const one of names) console.print(one);
      if (names.length === 0 && emptyText !== '') console.print(emptyText);
    },
  };
}

/** delete_cluster.go, delete_user.go. */
function deletion(name: string, part: Part, word: string): KubectlCommand {
  return {
    name,
    flags: {},
    run({ console, flags, host, operands }) {
      const [one] = operands;
      if (one === undefined || operands.length !== 1) return;
      const config = readKubeconfig(flags, host);
      const path = kubeconfigPath(flags, host);
      if (!config[part].delete(one)) throw new CommandError(`error: cannot delete ${word} ${one}, not in ${path}`);
      writeKubeconfig(flags, host, config);
      console.print(`deleted ${word} ${one} from ${path}`);
    },
  };
}

/** set_cluster.go, set_credentials.go. */
function setting(name: string, part: Part, word: string, ownFlags: FlagSet): KubectlCommand {
  return {
    name,
    flags: ownFlags,
    run({ console, flags, host, operands }) {
      const [one] = operands;
      if (one === undefined || operands.length !== 1) throw unexpectedArguments(name, operands);
      const config = readKubeconfig(flags, host);
      const changes: JsonObject = Object.fromEntries(
        Object.entries(ownFlags)
          .filter(([flag]) => flags.has(flag))
          .map(([flag, { value }]) => [flag, value === 'none' ? flags.isTrue(flag) : flags.text(flag)]),
      );
      config[part].set(one, { ...config[part].get(one), ...changes });
      writeKubeconfig(flags, host, config);
      console.print(`${word} ${quote(one)} set.`);
    },
  };
}

export const elementCommands: readonly KubectlCommand[] = [
  listing('config get-clusters', 'clusters', ''),
  listing('config get-users', 'users', ''),
  deletion('config delete-cluster', 'clusters', 'cluster'),
  deletion('config delete-user', 'users', 'user'),
  setting('config set-cluster', 'clusters', 'Cluster', {
    'certificate-authority': text,
    'insecure-skip-tls-verify': { value: 'none' },
    'proxy-url': text,
    server: text,
    'tls-server-name': text,
  }),
  setting('config set-credentials', 'users', 'User', {
    'client-certificate': text,
    'client-key': text,
    password: text,
    token: text,
    username: text,
  }),
];
