import { encodeBase64, encodeGoJson } from '@kubedrill/cluster-sim';
import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, sendCreated } from '../../created-object.ts';
import type { DataWords } from '../../file-data.ts';
import { dataFlags, FileData } from '../../file-data.ts';
import type { FlagSet } from '../../flags.ts';
import type { Invocation, KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { nameHash } from '../../name-hash.ts';
import { keyPairFault } from './key-pair.ts';

const text = { value: 'required' } as const;

const dockerFlags: FlagSet = {
  'append-hash': { value: 'none' },
  'docker-email': text,
  'docker-password': text,
  'docker-server': text,
  'docker-username': text,
  'from-file': text,
};

/** pkg/cmd/create/create_secret.go, create_secret_docker.go, create_secret_tls.go. */
export const createSecretCommands: readonly KubectlCommand[] = [
  {
    name: 'create secret generic',
    flags: { ...creationFlags, ...dataFlags, type: text },
    run: createGeneric,
  },
  {
    name: 'create secret docker-registry',
    flags: { ...creationFlags, ...dockerFlags },
    run: createDockerRegistry,
  },
  {
    name: 'create secret tls',
    flags: { ...creationFlags, 'append-hash': { value: 'none' }, cert: text, key: text },
    run: createTls,
  },
];

const words: DataWords = {
  invalidKey: (key, problems) => `${JSON.stringify(key)} is not valid key name for a Secret ${problems.join(';')}`,
  doubledKey: (key) => `cannot add key ${key}, another key by that name already exists`,
  isDirectory: 'env secret file cannot be a directory',
};

function createGeneric(invocation: Invocation): void {
  const { flags } = invocation;
  const name = requiredName(invocation, 'create secret generic');
  if (flags.list('from-env-file').length > 0 && (flags.has('from-file') || flags.has('from-literal')))
    throw new CommandError('error: from-env-file cannot be combined with from-file or from-literal');
  const source = new FileData(invocation, words);
  source.addLiterals(flags.all('from-literal'));
  source.addFiles(flags.list('from-file'));
  source.addEnvironmentFiles(flags.list('from-env-file'));
  send(invocation, name, flags.text('type'), source.entries);
}

const dockerKey = '.dockerconfigjson';
const defaultRegistry = 'https://index.docker.io/v1/';

function createDockerRegistry(invocation: Invocation): void {
  const { flags } = invocation;
  const name = requiredName(invocation, 'create secret docker-registry');
  const files = flags.list('from-file').map((file) => (file.includes('=') ? file : `${dockerKey}=${file}`));
  const [username, password] = [flags.text('docker-username'), flags.text('docker-password')];
  const server = flags.has('docker-server') ? flags.text('docker-server') : defaultRegistry;
  if (files.length === 0 && (username === '' || password === '' || server === ''))
    throw new CommandError(
      'error: either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
    );
  const source = new FileData(invocation, words);
  source.addFiles(files);
  const email = flags.text('docker-email');
  const login = { username, password, ...(email === '' ? {} : { email }) };
  const entry = { ...login, auth: encodeBase64(`${username}:${password}`) };
  // A struct's fields, in their order; only what HTML could misread is escaped.
  const members = Object.entries(entry).map(([key, value]) => `"${key}":${encodeGoJson(value)}`);
  const configuration = `{"auths":{${encodeGoJson(server)}:{${members.join(',')}}}}`;
  const entries = files.length > 0 ? source.entries : new Map([[dockerKey, configuration]]);
  send(invocation, name, 'kubernetes.io/dockerconfigjson', entries);
}

function createTls(invocation: Invocation): void {
  const { flags } = invocation;
  const name = requiredName(invocation, 'create secret tls');
  if (flags.text('key') === '' || flags.text('cert') === '')
    throw new CommandError('error: key and cert must be specified');
  const certificate = readFile(invocation, flags.text('cert'));
  const key = readFile(invocation, flags.text('key'));
  const fault = keyPairFault(certificate, key);
  if (fault !== undefined) throw new CommandError(`error: ${fault}`);
  const entries = new Map([
    ['tls.crt', certificate],
    ['tls.key', key],
  ]);
  send(invocation, name, 'kubernetes.io/tls', entries);
}

function readFile({ host }: Invocation, path: string): string {
  const content = host.readFile(path);
  if (content !== undefined) return content;
  const fault =
    host.listDirectory(path) === undefined ? `open ${path}: no such file or directory` : `read ${path}: is a directory`;
  throw new CommandError(`error: Cannot read file ${path}, ${fault}`);
}

function send(invocation: Invocation, name: string, type: string, entries: ReadonlyMap<string, string>): void {
  const data = Object.fromEntries([...entries].map(([key, value]) => [key, encodeBase64(value)]));
  const hashed = { kind: 'Secret', type, name, data };
  const suffix = invocation.flags.isTrue('append-hash') ? `-${nameHash(hashed)}` : '';
  const content = {
    metadata: { name: name + suffix },
    ...(entries.size > 0 ? { data } : {}),
    ...(type === '' ? {} : { type }),
  };
  sendCreated(invocation, resources.Secret, content, {
    done: 'created',
    fieldManager: 'kubectl-create',
    failure: 'failed to create secret ',
  });
}
