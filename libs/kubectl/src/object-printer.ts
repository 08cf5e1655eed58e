import { goJson, goText, quote } from '@kubedrill/cluster-sim';
import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import { printColumns } from './custom-columns.ts';
import type { FoundObject } from './found-objects.ts';
import { shownObject } from './found-objects.ts';
import { goIndentedJson, goIndentedStruct, goSyntax } from './go-syntax.ts';
import { executeTemplate, TemplateError } from './go-template/evaluation.ts';
import type { Template } from './go-template/syntax.ts';
import { CommandError } from './invocation.ts';
import { evaluateJsonPath, JsonPathError } from './json-path.ts';
import { formatKyaml } from './kyaml-text.ts';
import type { ObjectFormat } from './output-format.ts';
import { inTypedOrder, type SchemaOf } from './typed-order.ts';
import { formatYaml } from './yaml-text.ts';

/** Everything but tables. Several objects stand in a List, except for their names and columns. */
export function printObjects(found: readonly FoundObject[], format: ObjectFormat, isList: boolean): string {
  return printDocuments(found.map(shownObject), format, isList);
}

/** One document that kubectl holds as a Go struct. */
export function printTyped(document: JsonObject, format: ObjectFormat, schemaOf: SchemaOf): string {
  const schema = format.kind === 'json' ? schemaOf(document) : undefined;
  if (format.kind !== 'json' || !schema) return printDocuments([document], format, false);
  const shown = format.showsManagedFields ? document : withoutManagedFields(document);
  return `${goIndentedStruct(inTypedOrder(shown, schema))}\n`;
}

/** Documents with their apiVersion and kind. */
export function printDocuments(documents: readonly JsonObject[], format: ObjectFormat, isList: boolean): string {
  const [first] = documents;
  if (format.kind === 'name') return documents.map((document) => `${nameOf(document)}\n`).join('');
  if (format.kind === 'columns') return printColumns(documents, format.columns, format.noHeaders);
  const items =
    'showsManagedFields' in format && !format.showsManagedFields ? documents.map(withoutManagedFields) : documents;
  return printDocument(
    !isList && first
      ? (items[0] ?? first)
      : { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } },
    format,
  );
}

function printDocument(document: JsonObject, format: Exclude<ObjectFormat, { kind: 'name' | 'columns' }>): string {
  switch (format.kind) {
    case 'json':
      return `${goIndentedJson(document)}\n`;
    case 'yaml':
      return formatYaml(document);
    case 'kyaml':
      return formatKyaml(document);
    case 'jsonpath':
      return printPath(document, format);
    case 'template':
      return printTemplate(document, format.template, format.allowMissing);
  }
}

/** cli-runtime/pkg/printers/name.go: "deployment.apps/web". */
function nameOf({ apiVersion, kind, metadata }: JsonObject): string {
  const version = typeof apiVersion === 'string' ? apiVersion : '';
  const group = version.includes('/') ? `.${version.split('/', 1)[0] ?? ''}` : '';
  const name =
    isJsonObject(metadata) && typeof metadata['name'] === 'string' && metadata['name'] !== ''
      ? metadata['name']
      : '<unknown>';
  return `${typeof kind === 'string' ? kind.toLowerCase() : ''}${group}/${name}`;
}

function printPath(document: JsonObject, options: Extract<ObjectFormat, { kind: 'jsonpath' }>): string {
  try {
    return evaluateJsonPath(options.path, document, options);
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    // cli-runtime/pkg/printers/jsonpath.go.
    throw new CommandError(
      `error: error executing jsonpath ${quote(options.path)}: Error executing template: ${error.message}. Printing more information for debugging the template:\n` +
        `\ttemplate was:\n\t\t${options.path}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(document)}\n\n\n`,
    );
  }
}

function printTemplate(document: JsonObject, template: Template, allowMissing: boolean): string {
  try {
    return executeTemplate(template, document, allowMissing);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    // cli-runtime/pkg/printers/template.go: some of it goes to standard output.
    throw new CommandError(`error: error executing template ${quote(template.source)}: ${error.message}`, {
      stdout:
        `${error.written}Error executing template: ${error.message}. Printing more information for debugging the template:\n` +
        `\ttemplate was:\n\t\t${template.source}\n\traw data was:\n\t\t${goJson(document)}\n` +
        `\tobject given to template engine was:\n\t\t${goText(document)}\n\n`,
    });
  }
}

function withoutManagedFields(object: JsonObject): JsonObject {
  if (!isJsonObject(object['metadata'])) return object;
  const { managedFields: _managedFields, ...metadata } = object['metadata'];
  return { ...object, metadata };
}
