import { curlTools, wgetTools } from '../exec/program-sets.ts';
import { absolutePath } from '../exec/file-system.ts';
import { fail, serve, succeed } from '../exec/program.ts';
import type { ExecEnvironment, Program, ProgramResult } from '../exec/program.ts';
import { goResponse, httpDate, httpListener, httpResponse, pathOf } from './http-application.ts';
import { defineImageWithAlpine, entrypointScript } from './image-definition.ts';
import { contentType } from './media-types.ts';

/** python -m http.server [PORT] [--bind A] [--directory D]; a script is looked through for the port it listens on. */
function python(name: string): Program {
  return {
    name,
    run(argv, _stdin, environment) {
      const args = argv.slice(1).filter((argument) => argument !== '-u');
      if (args[0] === '--version' || args[0] === '-V') return succeed('Python 3.13.7\n');
      if (args[0] === '-m' && args[1] === 'http.server') return fileServer(args.slice(2), environment);
      if (args[0] === '-c') return runSource(args[1] ?? '', environment);
      const [script] = args;
      if (script === undefined) return succeed();
      const path = absolutePath(script, environment.workingDirectory);
      if (environment.files.isFile(path)) return runSource(environment.files.read(path), environment);
      return fail(2, `${name}: can't open file '${path}': [Errno 2] No such file or directory\n`);
    },
  };
}

function fileServer(args: readonly string[], environment: ExecEnvironment): ProgramResult {
  const option = (...names: readonly string[]): string | undefined => {
    const at = args.findIndex((argument) => names.includes(argument));
    return at < 0 ? undefined : args[at + 1];
  };
  const port = Number(args.find((argument) => /^\d{1,5}$/.test(argument)) ?? 8_000);
  const root = absolutePath(option('--directory', '-d') ?? '.', environment.workingDirectory);
  const local = option('--bind', '-b')?.startsWith('127.') ?? false;
  const listener = httpListener(
    port,
    (request, connection) => {
      const { now } = connection;
      const files = connection.files?.() ?? environment.files;
      const path = absolutePath(pathOf(request), '/');
      const target = absolutePath(`.${path}`, root);
      const headers = { Server: 'SimpleHTTP/0.6 Python/3.13.7', Date: httpDate(now) };
      const index = `${target === '/' ? '' : target}/index.html`;
      const file = files.isFile(index) ? index : target;
      if (files.isFile(file))
        return httpResponse(request, 200, { ...headers, 'Content-type': contentType(file) }, files.read(file));
      if (files.isDirectory(target))
        return httpResponse(
          request,
          200,
          { ...headers, 'Content-type': 'text/html; charset=utf-8' },
          listing(path, files.list(target)),
        );
      return httpResponse(
        request,
        404,
        { ...headers, Connection: 'close', 'Content-Type': 'text/html;charset=utf-8' },
        notFoundPage,
      );
    },
    local ? '127.0.0.1' : '0.0.0.0',
  );
  return serve([listener], `Serving HTTP on 0.0.0.0 port ${port} (http://0.0.0.0:${port}/) ...\n`);
}

function listing(path: string, names: readonly string[]): string {
  const items = names.map((name) => `<li><a href="${encodeURIComponent(name)}">${name}</a></li>\n`).join('');
  return `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Directory listing for ${path}</title>\n</head>\n<body>\n<h1>Directory listing for ${path}</h1>\n<hr>\n<ul>\n${items}</ul>\n<hr>\n</body>\n</html>\n`;
}

const notFoundPage = `<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: 404</p>
        <p>Message: File not found.</p>
        <p>Error code explanation: 404 - Nothing matches the given URI.</p>
    </body>
</html>
`;

/** node SCRIPT. */
const node: Program = {
  name: 'node',
  run(argv, _stdin, environment) {
    const [first, second] = argv.slice(1);
    if (first === '--version' || first === '-v') return succeed('v24.11.0\n');
    if (first === '-e' || first === '--eval') return runSource(second ?? '', environment);
    if (first === undefined) return succeed();
    const path = absolutePath(first, environment.workingDirectory);
    if (environment.files.isFile(path)) return runSource(environment.files.read(path), environment);
    return fail(1, `node:internal/modules/cjs/loader:1404\n  throw err;\n  ^\n\nError: Cannot find module '${path}'\n`);
  },
};

/** Programs in other languages are not run: the port that the source names is what they listen on, their pod's name what they say. */
const portPatterns = [
  /\.listen\(\s*(\d{2,5})/,
  /HTTPServer\(\s*\(\s*['"][^'"]*['"]\s*,\s*(\d{2,5})/,
  /\bport\s*[=:]\s*(\d{2,5})/i,
  /\.bind\(\s*\(\s*['"][^'"]*['"]\s*,\s*(\d{2,5})/,
];
const variablePattern =
  /(?:process\.env\.|environ(?:\.get)?[([]\s*['"])(\w*PORT)\b['"]?(?:\s*(?:\|\||\?\?|,)\s*['"]?(\d{2,5}))?/;

function runSource(source: string, { variables, pod }: ExecEnvironment): ProgramResult {
  const variable = variablePattern.exec(source);
  const literal = portPatterns.map((pattern) => pattern.exec(source)?.[1]).find((port) => port !== undefined);
  const port = Number((variable && (variables.get(variable[1] ?? '') ?? variable[2])) ?? literal ?? 0);
  if (port < 1 || port > 65_535) return succeed();
  return serve([httpListener(port, (request, { now }) => goResponse(request, now, `${pod?.metadata.name ?? ''}\n`))]);
}

const pythonPrograms = [python('python'), python('python3')];

export const languageImages = [
  defineImageWithAlpine({ repositories: ['python', 'public.ecr.aws/docker/library/python'], cmd: ['python3'] }, [
    ...curlTools,
    ...wgetTools,
    ...pythonPrograms,
  ]),
  defineImageWithAlpine({ repositories: ['node'], entrypoint: ['docker-entrypoint.sh'], cmd: ['node'] }, [
    ...curlTools,
    ...wgetTools,
    node,
    entrypointScript('docker-entrypoint.sh', 'node'),
  ]),
];
