import { redisCli } from '../../exec/programs/database-clients.ts';
import { serve, stoppable } from '../../exec/program.ts';
import type { Program } from '../../exec/program.ts';
import { defineImageWithAlpine, entrypointScript } from '../image-definition.ts';
import type { Listener } from '../image-model.ts';

const version = '8.2.2';

/** redis-server [FILE] [--port N] [--bind A]: PING and a few commands; it keeps no keys, as processes are pure here. */
const redisServer: Program = {
  name: 'redis-server',
  run(argv, _stdin, { files }) {
    const [file = ''] = argv.slice(1);
    const settings = new Map(files.isFile(file) ? settingsOf(files.read(file)) : []);
    argv.forEach((argument, index) => {
      if (argument.startsWith('--')) settings.set(argument.slice(2), argv[index + 1] ?? '');
    });
    const port = Number(settings.get('port') ?? 6_379);
    const bind = settings.get('bind') ?? '*';
    const local = bind
      .split(/\s+/)
      .every((address) => address.startsWith('127.') || address === '::1' || address === '-::1');
    const listener: Listener = {
      port,
      protocol: 'TCP',
      address: local ? '127.0.0.1' : '0.0.0.0',
      application: { kind: 'raw', answer: answerCommand },
    };
    return stoppable(
      serve([listener], `1:M * Running mode=standalone, port=${port}.\n1:M * Ready to accept connections tcp\n`),
      0,
    );
  },
};

function settingsOf(text: string): [string, string][] {
  return text.split('\n').flatMap((line): [string, string][] => {
    const match = /^\s*([a-z][\w-]*)\s+(.*?)\s*$/.exec(line);
    return match ? [[match[1] ?? '', match[2] ?? '']] : [];
  });
}

/** Inline commands of RESP. An HTTP request is taken for an attack and the connection closed. */
function answerCommand(data: string): string {
  const [command = '', ...args] = data.trim().split(/\s+/);
  switch (command.toUpperCase()) {
    case 'PING':
      return args[0] === undefined ? '+PONG\r\n' : `$${args[0].length}\r\n${args[0]}\r\n`;
    case 'ECHO':
      return `$${(args[0] ?? '').length}\r\n${args[0] ?? ''}\r\n`;
    case 'SET':
      return '+OK\r\n';
    case 'GET':
      return '$-1\r\n';
    case 'INFO':
      return `$${version.length + 23}\r\n# Server\r\nredis_version:${version}\r\n`;
    case '':
    case 'POST':
    case 'HOST:':
      return '';
    default:
      return `-ERR unknown command '${command}', with args beginning with: \r\n`;
  }
}

export const redisImage = defineImageWithAlpine(
  {
    repositories: ['redis', 'public.ecr.aws/docker/library/redis'],
    tags: /^(latest|alpine|bookworm|bullseye|trixie|[2-8](\.\d{1,2}(\.\d{1,2})?)?)(-(alpine(\d\.\d+)?|bookworm|bullseye|trixie))?$/,
    entrypoint: ['docker-entrypoint.sh'],
    cmd: ['redis-server'],
    workingDirectory: '/data',
  },
  [redisServer, redisCli, entrypointScript('docker-entrypoint.sh', 'redis-server')],
);
