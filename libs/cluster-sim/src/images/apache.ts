import { absolutePath } from '../exec/file-system.ts';
import { serve, stoppable } from '../exec/program.ts';
import type { ExecEnvironment, Program } from '../exec/program.ts';
import { httpDate, httpListener, httpResponse, pathOf } from './http-application.ts';
import type { Respond } from './http-application.ts';
import { defineImageWithAlpine } from './image-definition.ts';
import { contentType } from './media-types.ts';

const server = 'Apache/2.4.65 (Unix)';
const root = '/usr/local/apache2/htdocs';
const configuration = '/usr/local/apache2/conf/httpd.conf';

/** httpd in the foreground: the `Listen` lines of its configuration, files below the document root. */
function apache(name: string): Program {
  return {
    name,
    run(_argv, _stdin, environment) {
      const text = environment.files.isFile(configuration) ? environment.files.read(configuration) : '';
      const ports = text
        .split('\n')
        .map((line) => /^\s*Listen\s+(?:[\d.]+:)?(\d{1,5})\s*$/.exec(line)?.[1])
        .filter((port) => port !== undefined);
      const listeners = [...new Set(ports.length > 0 ? ports : ['80'])].map((port) =>
        httpListener(Number(port), site(environment)),
      );
      const notice =
        "AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using %. Set the 'ServerName' directive globally to suppress this message\n";
      // The image's STOPSIGNAL is SIGWINCH.
      return stoppable(serve(listeners, '', notice.replace('%', environment.pod?.status.podIP ?? '127.0.0.1')), 0);
    },
  };
}

function site(environment: ExecEnvironment): Respond {
  return (request, connection) => {
    const { now } = connection;
    const files = connection.files?.() ?? environment.files;
    const target = root + absolutePath(pathOf(request), '/').replace(/\/$/, '');
    const file = files.isDirectory(target) ? `${target}/index.html` : target;
    const headers = { Date: httpDate(now), Server: server };
    if (files.isFile(file))
      return httpResponse(
        request,
        200,
        { ...headers, 'Accept-Ranges': 'bytes', 'Content-Type': contentType(file, 'text/plain') },
        files.read(file),
      );
    const body =
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n';
    return httpResponse(request, 404, { ...headers, 'Content-Type': 'text/html; charset=iso-8859-1' }, body);
  };
}

export const apacheImage = defineImageWithAlpine(
  {
    repositories: ['httpd'],
    tags: /^(latest|alpine|bookworm|trixie|2|2\.[024](\.\d{1,2})?)(-(alpine(\d\.\d+)?|bookworm|trixie|bullseye))?$/,
    cmd: ['httpd-foreground'],
    workingDirectory: '/usr/local/apache2',
    files: { [`${root}/index.html`]: '<html><body><h1>It works!</h1></body></html>\n' },
  },
  [apache('httpd'), apache('httpd-foreground')],
);
