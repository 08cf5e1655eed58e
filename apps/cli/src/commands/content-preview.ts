import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.ts';
import { defaultContentRoot, findExercise, readContent } from '../content-root.ts';
import { watchFolder } from '../preview/content-watch.ts';
import { Preview } from '../preview/preview.ts';
import { PreviewServer } from '../preview/preview-server.ts';

const largestPort = 65_535;

export const contentPreview: Command = {
  name: 'content preview',
  usage: '<exercise> [--content DIR] [--port P]',
  summary: 'Serves one exercise as a page on this machine; follows what is saved, and grades what is submitted there.',
  async run(argv, terminal) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { content: { type: 'string', default: defaultContentRoot }, port: { type: 'string', default: '0' } },
    });
    const [id] = positionals;
    if (id === undefined) throw new UsageError('name an exercise, such as "two-tier"');
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > largestPort)
      throw new UsageError(`--port takes a number from 0 to ${largestPort}`);
    findExercise(readContent(values.content), id);
    const server = new PreviewServer(new Preview(values.content, id));
    server.server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    const unwatch = watchFolder(values.content, () => server.changed());
    const { port: bound } = server.server.address() as AddressInfo;
    terminal.out(`${id} at http://localhost:${bound}/ (Ctrl-C ends it)`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    unwatch();
    server.close();
    return 0;
  },
};
