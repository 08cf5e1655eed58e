import { httpListener, httpResponse, pathOf } from '../../images/http-application.ts';
import type { Respond } from '../../images/http-application.ts';
import { contentType } from '../../images/media-types.ts';
import { absolutePath } from '../file-system.ts';
import { httpDate } from '../../images/http-application.ts';
import { optionError, parseOptions } from '../options.ts';
import { fail, serve, succeed } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';

/** busybox httpd [-f] [-p [IP:]PORT] [-h DIR]: without -f it goes into the background and the command ends. */
export const busyboxHttpd: Program = {
  name: 'httpd',
  run(argv, _stdin, environment) {
    const parsed = parseOptions(argv.slice(1), { short: 'ifvp:h:c:u:r:' });
    if (!parsed.ok) return fail(1, optionError('httpd', parsed));
    const endpoint = parsed.options.last('p') ?? '80';
    const port = Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
    if (!Number.isInteger(port) || port < 1 || port > 65_535) return fail(1, `httpd: bad port '${endpoint}'\n`);
    const root = absolutePath(parsed.options.last('h') ?? '.', environment.workingDirectory);
    if (!environment.files.isDirectory(root))
      return fail(
        1,
        `httpd: can't change directory to '${parsed.options.last('h') ?? '.'}': No such file or directory\n`,
      );
    const listener = httpListener(
      port,
      staticSite(root, environment),
      endpoint.startsWith('127.') ? '127.0.0.1' : '0.0.0.0',
    );
    if (parsed.options.has('f')) return serve([listener]);
    return { ...succeed(), background: [listener] };
  },
};

/** networking/httpd.c: files, index.html, its own error page. */
function staticSite(root: string, environment: ExecEnvironment): Respond {
  return (request, connection) => {
    const { now } = connection;
    const files = connection.files?.() ?? environment.files;
    const path = absolutePath(pathOf(request), '/');
    const target = absolutePath(`.${path}`, root);
    const file = files.isDirectory(target) ? `${target === '/' ? '' : target}/index.html` : target;
    const headers = { Date: httpDate(now), Connection: 'close' };
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return errorPage(request.method, 501, 'Not Implemented', 'The requested method is not recognized', headers);
    if (!files.isFile(file))
      return errorPage(request.method, 404, 'Not Found', 'The requested URL was not found', headers);
    return httpResponse(
      request,
      200,
      { ...headers, 'Content-type': contentType(file), 'Accept-Ranges': 'bytes' },
      files.read(file),
    );
  };
}

function errorPage(
  method: string,
  status: number,
  title: string,
  text: string,
  headers: Readonly<Record<string, string>>,
) {
  const body = `<HTML><HEAD><TITLE>${status} ${title}</TITLE></HEAD>\n<BODY><H1>${status} ${title}</H1>\n${text}\n</BODY></HTML>\n`;
  return { status, headers: { ...headers, 'Content-type': 'text/html' }, body: method === 'HEAD' ? '' : body };
}
