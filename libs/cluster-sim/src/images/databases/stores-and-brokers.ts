import { serve, stoppable } from '../../exec/program.ts';
import type { Program } from '../../exec/program.ts';
import { httpListener, httpResponse, silentListener } from '../http-application.ts';
import { defineImageWithAlpine, entrypointScript } from '../image-definition.ts';
import type { Listener } from '../image-model.ts';

/** mongod [--port N] [--bind_ip A]: it answers HTTP with a hint. */
const mongod: Program = {
  name: 'mongod',
  run(argv) {
    const option = argv.indexOf('--port');
    const port = Number(option < 0 ? 27_017 : (argv[option + 1] ?? 27_017));
    const hint = 'It looks like you are trying to access MongoDB over HTTP on the native driver port.\r\n';
    return stoppable(
      serve(
        [
          httpListener(port, (request) =>
            httpResponse(request, 200, { Connection: 'close', 'Content-Type': 'text/plain' }, hint),
          ),
        ],
        `{"s":"I","c":"NETWORK","id":23016,"msg":"Waiting for connections","attr":{"port":${port},"ssl":"off"}}\n`,
      ),
      0,
    );
  },
};

/** memcached [-p PORT]: `version` and `stats` answer, anything else is an ERROR. */
const memcached: Program = {
  name: 'memcached',
  run(argv) {
    const option = argv.indexOf('-p');
    const port = Number(option < 0 ? 11_211 : (argv[option + 1] ?? 11_211));
    const answer = (data: string): string =>
      /^version\b/.test(data) ? 'VERSION 1.6.39\r\n' : /^(get|gets)\b/.test(data) ? 'END\r\n' : 'ERROR\r\n';
    const listener: Listener = { port, protocol: 'TCP', address: '0.0.0.0', application: { kind: 'raw', answer } };
    return stoppable(serve([listener]), 0);
  },
};

/** AMQP, Erlang's port mapper, clustering, metrics; the management tags add their web page. */
const rabbitmq: Program = {
  name: 'rabbitmq-server',
  run(_argv, _stdin, { pod }) {
    const managed = pod?.spec.containers.some(
      ({ image }) => image.includes('rabbitmq') && image.includes('management'),
    );
    const page = httpListener(15_672, (request) =>
      httpResponse(
        request,
        200,
        { server: 'Cowboy', 'content-type': 'text/html' },
        '<!DOCTYPE html>\n<html>\n  <head>\n    <title>RabbitMQ Management</title>\n  </head>\n</html>\n',
      ),
    );
    return stoppable(
      serve(
        [
          silentListener(5_672),
          silentListener(4_369),
          silentListener(25_672),
          silentListener(15_692),
          ...(managed ? [page] : []),
        ],
        ' completed with 0 plugins.\n',
      ),
      0,
    );
  },
};

export const storeImages = [
  defineImageWithAlpine({ repositories: ['mongo'], entrypoint: ['docker-entrypoint.sh'], cmd: ['mongod'] }, [
    mongod,
    entrypointScript('docker-entrypoint.sh', 'mongod'),
  ]),
  defineImageWithAlpine({ repositories: ['memcached'], entrypoint: ['docker-entrypoint.sh'], cmd: ['memcached'] }, [
    memcached,
    entrypointScript('docker-entrypoint.sh', 'memcached'),
  ]),
  defineImageWithAlpine(
    { repositories: ['rabbitmq'], entrypoint: ['docker-entrypoint.sh'], cmd: ['rabbitmq-server'] },
    [rabbitmq, entrypointScript('docker-entrypoint.sh', 'rabbitmq-server')],
  ),
];
