import type { JsonObject } from '@kubedrill/kube-model';
import { isJsonObject } from '@kubedrill/kube-model';
import type { Console, Invocation } from './invocation.ts';
import { unservedResource } from './manifest-objects.ts';
import { printTyped } from './object-printer.ts';
import type { OutputFormat } from './output-format.ts';
import { outputFormatOf } from './output-format.ts';
import { servedSchemas, type SchemaOf } from './typed-order.ts';

/** Prints one object after the other, as -o says: cli-runtime/pkg/genericclioptions/print_flags.go. */
export class ResultPrinter {
  readonly format: OutputFormat;
  private readonly console: Console;
  private readonly schemaOf: SchemaOf;
  private printed = 0;

  /** typed: what the command holds are Go structs. */
  constructor(invocation: Invocation, holding: 'typed' | 'unstructured' = 'unstructured') {
    this.console = invocation.console;
    this.format = outputFormatOf(invocation);
    this.schemaOf = holding === 'typed' ? servedSchemas(invocation.cluster) : () => undefined;
  }

  /** As one List. */
  printList(objects: readonly JsonObject[]): void {
    this.print({ apiVersion: 'v1', items: objects.map(withoutManagedFields), kind: 'List', metadata: {} }, '');
  }

  /** Without -o: "service/web patched". */
  print(object: JsonObject, operation: string): void {
    const { format } = this;
    const apiVersion = typeof object.apiVersion === 'string' ? object.apiVersion : '';
    const resource = unservedResource(apiVersion, typeof object.kind === 'string' ? object.kind : '');
    if (format.kind === 'table') {
      const { name } = isJsonObject(object.metadata) ? object.metadata : {};
      const type = resource.group === '' ? resource.singular : `${resource.singular}.${resource.group}`;
      this.console.print(`${type}/${typeof name === 'string' ? name : ''} ${operation}`);
      return;
    }
    if (format.kind === 'yaml' && this.printed > 0) this.console.print('---');
    this.printed += 1;
    this.console.stdout += printTyped(object, format, this.schemaOf);
  }
}

function withoutManagedFields(object: JsonObject): JsonObject {
  const { managedFields: _, ...metadata } = isJsonObject(object.metadata) ? object.metadata : {};
  return { ...object, metadata };
}
