import { pgIsReady } from '../../exec/programs/database-clients.ts';
import { fail, serve, stoppable } from '../../exec/program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../../exec/program.ts';
import { silentListener } from '../http-application.ts';
import { defineImageWithAlpine, entrypointScript } from '../image-definition.ts';
import type { Listener } from '../image-model.ts';

/** docker-library/postgres docker-entrypoint.sh, docker_verify_minimum_env. */
const postgresRefusal = `Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
`;

function verifyPostgres({ variables }: ExecEnvironment): ProgramResult | undefined {
  const trusted = variables.get('POSTGRES_HOST_AUTH_METHOD') === 'trust';
  const password = variables.get('POSTGRES_PASSWORD') || variables.get('POSTGRES_PASSWORD_FILE');
  return trusted || password ? undefined : fail(1, postgresRefusal, 100);
}

/** postgres [-p PORT] [-c name=value]; the client speaks first. */
const postgres: Program = {
  name: 'postgres',
  run(argv, _stdin, { variables }) {
    const settings = new Map(
      argv.flatMap((argument, index) =>
        argv[index - 1] === '-c' && argument.includes('=') ? [argument.split('=', 2) as [string, string]] : [],
      ),
    );
    const option = argv.indexOf('-p');
    const port = Number(
      (option < 0 ? undefined : argv[option + 1]) ?? settings.get('port') ?? variables.get('PGPORT') ?? 5_432,
    );
    const local = settings.get('listen_addresses') === 'localhost';
    const log = `LOG:  listening on IPv4 address "0.0.0.0", port ${port}\nLOG:  database system is ready to accept connections\n`;
    return stoppable(serve([silentListener(port, local ? '127.0.0.1' : '0.0.0.0')], '', log), 0);
  },
};

/** docker-library/mysql and mariadb docker-entrypoint.sh, docker_verify_minimum_env. */
function verifyMysql(prefixes: readonly string[]) {
  return ({ variables }: ExecEnvironment): ProgramResult | undefined => {
    const names = prefixes.flatMap((prefix) => [
      `${prefix}_ROOT_PASSWORD`,
      `${prefix}_ALLOW_EMPTY_PASSWORD`,
      `${prefix}_RANDOM_ROOT_PASSWORD`,
    ]);
    const files = prefixes.map((prefix) => `${prefix}_ROOT_PASSWORD_FILE`);
    if ([...names, ...files].some((name) => variables.get(name))) return undefined;
    const [prefix = 'MYSQL'] = prefixes;
    const listed = [
      `${prefix}_ROOT_PASSWORD`,
      `${prefix}_ALLOW_EMPTY_${prefix === 'MYSQL' ? '' : 'ROOT_'}PASSWORD`,
      `${prefix}_RANDOM_ROOT_PASSWORD`,
    ];
    const text = `[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:\n`;
    return fail(1, text + listed.map((name) => `    - ${name}\n`).join(''), 100);
  };
}

/** The server speaks first: its handshake packet begins with the protocol's number and the version. */
function mysqld(name: string, version: string, extraPorts: readonly number[]): Program {
  return {
    name,
    run(argv) {
      const option = argv
        .map((argument) => /^--port=(\d{1,5})$/.exec(argument)?.[1])
        .find((found) => found !== undefined);
      const port = Number(option ?? 3_306);
      const handshake: Listener = {
        port,
        protocol: 'TCP',
        address: '0.0.0.0',
        application: { kind: 'raw', greeting: `I\0\0\0\n${version}\0`, answer: () => '' },
      };
      const log = `[System] [MY-010931] [Server] /usr/sbin/${name}: ready for connections. Version: '${version}'  socket: '/var/run/mysqld/mysqld.sock'  port: ${port}\n`;
      return stoppable(serve([handshake, ...extraPorts.map((extra) => silentListener(extra))], '', log), 0);
    },
  };
}

export const sqlImages = [
  defineImageWithAlpine(
    {
      repositories: ['postgres', 'public.ecr.aws/docker/library/postgres'],
      tags: /^(latest|alpine|bookworm|bullseye|trixie|9\.\d(\.\d{1,2})?|1[0-8](\.\d{1,2})?)(-(alpine(\d\.\d+)?|bookworm|bullseye|trixie))?$/,
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['postgres'],
    },
    [postgres, pgIsReady, entrypointScript('docker-entrypoint.sh', 'postgres', verifyPostgres)],
  ),
  defineImageWithAlpine(
    {
      repositories: ['mysql', 'mysql/mysql-server'],
      tags: /^(latest|lts|innovation|oracle|debian|5|5\.[5-7](\.\d{1,2})?|8|8\.[0-4](\.\d{1,2})?|9|9\.\d(\.\d{1,2})?)(-(oracle|debian|oraclelinux\d|bookworm))?$/,
      entrypoint: ['docker-entrypoint.sh'],
      cmd: ['mysqld'],
    },
    [mysqld('mysqld', '8.4.6', [33_060]), entrypointScript('docker-entrypoint.sh', 'mysqld', verifyMysql(['MYSQL']))],
  ),
  defineImageWithAlpine({ repositories: ['mariadb'], entrypoint: ['docker-entrypoint.sh'], cmd: ['mariadbd'] }, [
    mysqld('mariadbd', '11.8.3-MariaDB', []),
    mysqld('mysqld', '11.8.3-MariaDB', []),
    entrypointScript('docker-entrypoint.sh', 'mariadbd', verifyMysql(['MARIADB', 'MYSQL'])),
  ]),
];
