import { quote } from '@kubedrill/cluster-sim';
import { readColumnFile, readColumns, type CustomColumn } from './custom-columns.ts';
import type { Flags } from './flags.ts';
import { parseGoTemplate } from './go-template/parser.ts';
import { TemplateSyntaxError, type Template } from './go-template/syntax.ts';
import type { Invocation } from './invocation.ts';
import { CommandError } from './invocation.ts';
import { JsonPathSyntaxError, parseTemplate } from './json-path-syntax.ts';

/** What `-o` asks for; a table has no printer of its own here. */
export type OutputFormat = { readonly kind: 'table'; readonly isWide: boolean } | ObjectFormat;

export type ObjectFormat =
  | { readonly kind: 'name' }
  | { readonly kind: 'json' | 'yaml' | 'kyaml'; readonly showsManagedFields: boolean }
  | { readonly kind: 'jsonpath'; readonly path: string; readonly asJson: boolean; readonly allowMissing: boolean }
  | { readonly kind: 'template'; readonly template: Template; readonly allowMissing: boolean }
  | { readonly kind: 'columns'; readonly columns: readonly CustomColumn[]; readonly noHeaders: boolean };

/** Commands that read show tables and columns of the user's choice as well: kubectl/pkg/cmd/get/get_flags.go. */
export type FormatFamily = 'reading' | 'writing';

const templateFormats = ['go-template', 'go-template-file', 'template', 'templatefile'];
const pathFormats = ['jsonpath', 'jsonpath-as-json', 'jsonpath-file'];
const columnFormats = ['custom-columns', 'custom-columns-file'];
const documentFormats = ['json', 'yaml', 'kyaml'] as const;

export function outputFormatOf(
  invocation: Pick<Invocation, 'flags' | 'host'>,
  family: FormatFamily = 'writing',
): OutputFormat {
  const { flags } = invocation;
  const text = outputText(flags);
  if (text === '') return { kind: 'table', isWide: false };
  if (text === 'wide' && family === 'reading') return { kind: 'table', isWide: true };
  const document = documentFormats.find((known) => known === text.toLowerCase());
  if (document) return { kind: document, showsManagedFields: flags.isTrue('show-managed-fields') };
  if (text.toLowerCase() === 'name') return { kind: 'name' };
  const [format, argument] = split(text, flags.text('template'));
  if (pathFormats.includes(format)) return pathFormat(invocation, format, argument);
  if (templateFormats.includes(format)) return templateFormat(invocation, format, argument);
  if (columnFormats.includes(format) && family === 'reading') return columnFormat(invocation, format, argument);
  throw unknownFormat(text, family);
}

/** --template alone means a Go template. */
export function outputText(flags: Flags): string {
  const text = flags.text('output');
  return text === '' && flags.text('template') !== '' ? 'go-template' : text;
}

function unknownFormat(text: string, family: FormatFamily): CommandError {
  const reading = family === 'reading' ? [...columnFormats, 'wide'] : [];
  const formats = [...documentFormats, 'name', ...templateFormats, ...pathFormats, ...reading].sort();
  return new CommandError(
    `error: unable to match a printer suitable for the output format ${quote(text)}, allowed formats are: ${formats.join(',')}`,
  );
}

/** With --template, the whole of -o is the format's name. */
function split(text: string, template: string): readonly [format: string, argument: string] {
  const equals = text.indexOf('=');
  return template !== '' || equals < 0 ? [text, template] : [text.slice(0, equals), text.slice(equals + 1)];
}

function pathFormat(
  { flags, host }: Pick<Invocation, 'flags' | 'host'>,
  format: string,
  argument: string,
): ObjectFormat {
  if (argument === '') throw new CommandError('error: template format specified but no template given');
  const path = format === 'jsonpath-file' ? templateFile(host, argument) : argument;
  try {
    parseTemplate(path);
  } catch (error) {
    if (error instanceof JsonPathSyntaxError)
      throw new CommandError(`error: error parsing jsonpath ${path}, ${error.message}`);
    throw error;
  }
  return { kind: 'jsonpath', path, asJson: format === 'jsonpath-as-json', allowMissing: allowsMissing(flags) };
}

function templateFormat(
  { flags, host }: Pick<Invocation, 'flags' | 'host'>,
  format: string,
  argument: string,
): ObjectFormat {
  if (argument === '') throw new CommandError('error: template format specified but no template given');
  const source = format === 'templatefile' || format === 'go-template-file' ? templateFile(host, argument) : argument;
  try {
    return { kind: 'template', template: parseGoTemplate(source), allowMissing: allowsMissing(flags) };
  } catch (error) {
    if (error instanceof TemplateSyntaxError)
      throw new CommandError(`error: error parsing template ${source}, ${error.message}`);
    throw error;
  }
}

function columnFormat(
  { flags, host }: Pick<Invocation, 'flags' | 'host'>,
  format: string,
  argument: string,
): ObjectFormat {
  if (argument === '') throw new CommandError('error: custom-columns format specified but no custom columns given');
  const noHeaders = flags.isTrue('no-headers');
  if (format === 'custom-columns') return { kind: 'columns', columns: readColumns(argument), noHeaders };
  const content = host.readFile(argument);
  if (content === undefined)
    throw new CommandError(`error: error reading template ${argument}, open ${argument}: no such file or directory\n`);
  return { kind: 'columns', columns: readColumnFile(content), noHeaders: false };
}

function templateFile(host: Invocation['host'], path: string): string {
  const content = host.readFile(path);
  if (content === undefined)
    throw new CommandError(`error: error reading --template ${path}, open ${path}: no such file or directory`);
  return content;
}

function allowsMissing(flags: Flags): boolean {
  const flag = 'allow-missing-template-keys';
  return !flags.has(flag) || flags.isTrue(flag);
}
