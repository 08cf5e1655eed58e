import { utf8Characters, utf8Text } from '../../api/schema/utf8.ts';
import type { Instant } from '../../engine/time.ts';
import { absolutePath, faultTexts } from '../file-system.ts';
import type { FileSystem } from '../file-system.ts';
import { optionError, parseOptions } from '../options.ts';
import { fail, succeed } from '../program.ts';
import type { ExecEnvironment, Program } from '../program.ts';
import type { ToolFlavour } from './copy.ts';

const block = 512;
const regularFile = '0';
const directoryType = '5';

interface Words {
  readonly removing: string;
  readonly absent: (path: string) => string;
  readonly unopened: (path: string) => string;
  readonly noDirectory: (path: string) => string;
  /** What the last line says after an error, and the exit code. */
  readonly farewell: string;
  readonly failure: number;
}

const words: Readonly<Record<ToolFlavour, Words>> = {
  busybox: {
    removing: "removing leading '/' from member names",
    absent: (path) => `${path}: ${faultTexts.noSuchFile}`,
    unopened: (path) => `can't open '${path}': ${faultTexts.noSuchFile}`,
    noDirectory: (path) => `can't change directory to '${path}': ${faultTexts.noSuchFile}`,
    farewell: '',
    failure: 1,
  },
  gnu: {
    removing: "Removing leading `/' from member names",
    absent: (path) => `${path}: Cannot stat: ${faultTexts.noSuchFile}`,
    unopened: (path) => `${path}: Cannot open: ${faultTexts.noSuchFile}\ntar: Error is not recoverable: exiting now`,
    noDirectory: (path) => `${path}: Cannot open: ${faultTexts.noSuchFile}\ntar: Error is not recoverable: exiting now`,
    farewell: 'tar: Exiting with failure status due to previous errors\n',
    failure: 2,
  },
};

/** tar c|x|t [-f FILE] [-C DIRECTORY] PATH...: POSIX ustar, uncompressed, which is how kubectl cp carries files of text. */
export function tar(flavour: ToolFlavour): Program {
  const { noDirectory, unopened, failure } = words[flavour];
  return {
    name: 'tar',
    readsInput: true,
    run(argv, stdin, environment) {
      const parsed = parseOptions(withDash(argv.slice(1)), {
        short: 'cxtvmpokOf:C:',
        long: { 'no-same-permissions': 'o', 'no-same-owner': 'o', 'directory:': 'C', 'file:': 'f' },
      });
      if (!parsed.ok) return fail(failure, optionError('tar', parsed));
      const { options, operands } = parsed;
      const { files, workingDirectory } = environment;
      const given = options.last('C') ?? '.';
      const directory = absolutePath(given, workingDirectory);
      const file = options.last('f') ?? '-';
      if (!files.isDirectory(directory)) return fail(failure, `tar: ${noDirectory(given)}\n`);
      if (options.has('c')) return create(operands, directory, file, environment, words[flavour]);
      if (!options.has('x') && !options.has('t')) return fail(failure, 'tar: must specify one of -c, -x, -t\n');
      const path = absolutePath(file, workingDirectory);
      if (file !== '-' && !files.isFile(path)) return fail(failure, `tar: ${unopened(file)}\n`);
      const archive = utf8Characters(file === '-' ? stdin : files.read(path));
      return read(archive, options.has('x') ? directory : undefined, files);
    },
  };
}

/** The old form has its letters without a dash. */
function withDash([first = '', ...rest]: readonly string[]): readonly string[] {
  return [first === '' || first.startsWith('-') ? first : `-${first}`, ...rest];
}

function create(
  paths: readonly string[],
  directory: string,
  file: string,
  { files, workingDirectory, now }: ExecEnvironment,
  { removing, absent, farewell, failure }: Words,
) {
  const missing = paths.filter((path) => !files.exists(absolutePath(path, directory)));
  const present = paths.filter((path) => !missing.includes(path));
  const archive = present.map((path) => packed(path, directory, files, now)).join('') + '\0'.repeat(2 * block);
  const notes = [...(present.some((path) => path.startsWith('/')) ? [removing] : []), ...missing.map(absent)];
  if (file !== '-') files.write(absolutePath(file, workingDirectory), archive);
  return {
    ...succeed(file === '-' ? archive : ''),
    stderr: notes.map((note) => `tar: ${note}\n`).join('') + (missing.length > 0 ? farewell : ''),
    exitCode: missing.length > 0 ? failure : 0,
  };
}

function packed(path: string, directory: string, files: FileSystem, now: Instant): string {
  const absolute = absolutePath(path, directory);
  const name = path.replace(/^\/+/, '').replace(/\/+$/, '');
  const members = files.below(absolute).map((one) => {
    const content = files.read(one);
    const size = utf8Characters(content).length;
    return header(name + one.slice(absolute.length), size, regularFile, now) + content + padding(size);
  });
  return (files.isDirectory(absolute) ? header(`${name}/`, 0, directoryType, now) : '') + members.join('');
}

const padding = (size: number): string => '\0'.repeat((block - (size % block)) % block);

/** pax(1), "ustar Interchange Format". */
function header(name: string, size: number, type: string, now: number): string {
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;
  const mode = type === directoryType ? 0o755 : 0o644;
  const before =
    name.slice(0, 100).padEnd(100, '\0') +
    octal(mode, 8) +
    octal(0, 8) +
    octal(0, 8) +
    octal(size, 12) +
    octal(Math.floor(now / 1000), 12);
  const after = `${type}${'\0'.repeat(100)}ustar\u000000${'root'.padEnd(32, '\0')}${'root'.padEnd(32, '\0')}`;
  const sum = checksum(`${before}${' '.repeat(8)}${after}`);
  return `${before}${sum.toString(8).padStart(6, '0')}\0 ${after}`.padEnd(block, '\0');
}

const checksum = (text: string): number => [...text].reduce((total, character) => total + character.charCodeAt(0), 0);

/** busybox archival/libarchive/get_header_tar.c. */
function headerProblem(text: string): string | undefined {
  if (text.slice(257, 262) !== 'ustar') return 'invalid tar magic';
  const sum = checksum(`${text.slice(0, 148)}${' '.repeat(8)}${text.slice(156)}`);
  const stated = Number.parseInt(text.slice(148, 156), 8);
  return sum === stated && /^[0-7]/.test(text.slice(124)) ? undefined : 'invalid tar header checksum';
}

/** Unpacks below the directory, or lists where there is none. */
function read(archive: string, directory: string | undefined, files: FileSystem) {
  let stdout = '';
  for (let at = 0; at + block <= archive.length && archive.charAt(at) !== '\0';) {
    const field = (start: number, length: number): string =>
      archive.slice(at + start, at + start + length).split('\0', 1)[0] ?? '';
    const problem = headerProblem(archive.slice(at, at + block));
    if (problem !== undefined) return fail(1, `tar: ${problem}\n`);
    const prefix = field(345, 155);
    const name = `${prefix === '' ? '' : `${prefix}/`}${field(0, 100)}`;
    const size = Number.parseInt(field(124, 12), 8);
    if (at + block + size > archive.length) return fail(1, 'tar: short read\n');
    const type = archive.charAt(at + 156);
    const content = archive.slice(at + block, at + block + size);
    at += block + Math.ceil(size / block) * block;
    if (directory === undefined) stdout += `${name}\n`;
    else if (type === directoryType) files.makeDirectory(absolutePath(name, directory));
    else if (type === regularFile || type === '\0') {
      const path = absolutePath(name, directory);
      files.makeDirectory(path.slice(0, path.lastIndexOf('/')) || '/');
      const fault = files.write(path, utf8Text(content) ?? content);
      if (fault) return fail(1, `tar: can't open '${name}': ${faultTexts[fault]}\n`);
    }
  }
  return succeed(stdout);
}
