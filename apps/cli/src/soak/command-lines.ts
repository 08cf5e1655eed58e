import { kinds, resources, type Json } from '@kubedrill/kube-model';
import type { Draw } from './draw.ts';
import { manifestText } from './manifest-text.ts';
import { awkwardTexts, images, names } from './words.ts';

/** A script for a workstation: kubectl calls, right, nearly right and wrong, mixed with what a shell has. */
export function workstationScript(draw: Draw, body: Json): string {
  const lines = draw.list(1, 3, () => kubectlCall(draw, body));
  return lines.join(draw.pick(['\n', '; ', ' && ', ' | ', ' || ']));
}

function kubectlCall(draw: Draw, body: Json): string {
  if (draw.percent(20)) return `kubectl apply -f - <<'EOF'${manifestText(body, draw.between(0, 4))}EOF`;
  const words = [draw.pick(verbs), ...draw.list(0, 4, () => kubectlWord(draw))];
  return `kubectl ${words.map((word) => (/^[\w./=:,@%-]+$/.test(word) ? word : quoted(word))).join(' ')}`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

const verbs = [
  ...[
    'get',
    'get pods',
    'get svc,ep',
    'get all',
    'get deploy/web',
    'apply',
    'create',
    'create deployment',
    'create namespace',
    'create service nodeport',
  ],
  ...[
    'create service clusterip',
    'create service externalname',
    'expose',
    'expose deployment web',
    'delete',
    'delete pod',
    'label',
    'annotate',
    'scale',
    'scale deploy',
  ],
  ...['describe', 'exec', 'logs', 'rollout', 'run', 'patch', 'set image', 'edit', 'wait', 'frobnicate', '', '-n'],
] as const;

function kubectlWord(draw: Draw): string {
  const resource = resources[draw.pick(kinds)];
  return draw.pick([
    draw.pick(names),
    draw.pick([resource.plural, resource.singular, resource.kind, ...resource.shortNames]),
    `${resource.plural}/${draw.pick(names)}`,
    `${draw.pick(['app', 'a/b', '-app', 'app-', ''])}=${draw.pick(names)}`,
    draw.pick(flags),
    draw.pick(flags),
    `--image=${draw.pick(images)}`,
    `-o=jsonpath=${draw.pick(jsonPaths)}`,
    draw.pick(awkwardTexts),
  ]);
}

const flags = [
  ...[
    '-n',
    '-n=default',
    '--namespace',
    '-A',
    '-o',
    '-o=yaml',
    '-o=json',
    '-o=wide',
    '-o=name',
    '-o=custom-columns=A:.metadata.name',
    '-o=go-template={{.}}',
  ],
  ...[
    '-l',
    '-l=app=web',
    '--selector=app in (a,b)',
    '--all',
    '--force',
    '--now',
    '--grace-period=0',
    '--grace-period=x',
    '--cascade=orphan',
    '--wait=false',
  ],
  ...[
    '--dry-run=client',
    '--dry-run=server',
    '--dry-run',
    '--port=80',
    '--port',
    '--target-port=http',
    '--type=NodePort',
    '--type=X',
    '--name=x',
    '--replicas=3',
  ],
  ...[
    '--replicas=-1',
    '--replicas=99999999999',
    '--tcp=80:8080',
    '--tcp=a',
    '--node-port=30001',
    '--external-name=x.y',
    '--overwrite',
    '--show-labels',
  ],
  ...[
    '--field-selector=metadata.name=a',
    '--sort-by=.metadata.name',
    '--no-headers',
    '-L=app',
    '--show-kind',
    '--ignore-not-found',
    '-f',
    '-f=/nowhere',
  ],
  ...[
    '--',
    '-',
    '--=',
    '---',
    '-xyz',
    '--unknown',
    '--session-affinity=ClientIP',
    '--protocol=UDP',
    '--cluster-ip=None',
    '--current-replicas=1',
  ],
] as const;

const jsonPaths = [
  ...[
    '{.items[*].metadata.name}',
    '{..name}',
    '{range .items[*]}{.metadata.name}{"\\n"}{end}',
    '{.items[?(@.spec.type=="NodePort")]}',
    '{.items[0:9:2]}',
  ],
  ...[
    '{',
    '{}',
    '{.',
    '{.a[',
    '{end}',
    '{range .x}',
    '{.items[-1]}',
    '{.metadata.annotations.a\\.b}',
    '{[*]}',
    '{$}',
    '{@}',
    '{.items[?(]}',
    '{"',
    '{..}',
    '{.*}',
    '.spec',
  ],
] as const;

const fragments = [
  ...[
    'echo',
    'a',
    '$x',
    '"',
    "'",
    '`',
    '$(',
    ')',
    '((',
    '))',
    '$((',
    '|',
    '&&',
    '||',
    ';',
    '\n',
    '&',
    '<',
    '>',
    '>>',
    '2>&1',
    '<<E',
    'E',
    '!',
    '#',
    '\\',
    '*',
    '[',
    ']',
  ],
  ...[
    'if',
    'then',
    'else',
    'fi',
    'while',
    'true',
    'do',
    'done',
    'for',
    'in',
    'case',
    'esac',
    ';;',
    '{',
    '}',
    '${',
    '${x:-',
    '${x%%',
    '${#x}',
    'x=1',
    'f() {',
    'return',
    'exit 3',
  ],
  ...[
    'seq 9',
    'seq 99999',
    'sort -u',
    'uniq -c',
    'head -n 2',
    'tail -n +2',
    'cut -d: -f2',
    'tr a-z A-Z',
    "sed 's/a/b/g'",
    "sed -n '1,2p'",
    "awk '{print $1}'",
    "awk 'BEGIN{while(1){}}'",
  ],
  ...[
    'grep -E "(a*)*b"',
    'grep -c x',
    'xargs',
    'xargs -n 1 echo',
    'read x',
    'cat',
    'cat /etc/hosts',
    'printf "%s %d\\n" a',
    'test -z',
    'sleep 1',
    'sleep 99999',
    'timeout 2',
    'date',
    'env',
    'wc -l',
  ],
  ...[
    'curl -s http://web',
    'curl -m 1 -v http://10.96.0.40:80/x?y',
    'curl --retry 3 -o /dev/null -w "%{http_code}" web:81',
    'wget -qO- -T 1 http://web',
    'nslookup web',
    'dig +short web.default',
    'nc -z -w 1 web 80',
    'nc -lk -p 9',
  ],
  ...[
    'getent hosts web',
    'ping -c 1 web',
    'ip a',
    'ps',
    'netstat -tln',
    'hostname -i',
    'yes',
    'eval',
    'sh -c',
    'kill 1',
    'trap x',
    'wait',
    'exec',
    'set -e',
    'cd /',
    'ls',
    'rm -rf /',
    'mkdir -p /tmp/x',
    'tee /tmp/x',
  ],
  ...[
    'redis-cli -h web ping',
    'mysql -h web',
    'psql -h web',
    'httpd -f -p 81',
    '/agnhost connect web:80',
    'base64 -d',
    'chmod +x',
    'host web',
    'ss -tln',
    'id',
  ],
] as const;

/** A command line for a container: words of a shell and its tools in any order. */
export function shellCommand(draw: Draw): readonly string[] {
  const words = draw.list(1, 12, () => (draw.percent(96) ? draw.pick(fragments) : draw.pick(awkwardTexts)));
  if (draw.percent(15)) return words.flatMap((word) => word.split(' '));
  return [draw.pick(['sh', 'bash', '/bin/sh']), '-c', words.join(' ')];
}
