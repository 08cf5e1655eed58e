import { decodeBase64 } from '@kubedrill/kube-model';
import type { Describer } from './describer.ts';
import { describeEvents } from './events-table.ts';
import { sortedEntries } from './sheet.ts';

/** ConfigMapDescriber. */
export const describeConfigMap: Describer<'ConfigMap'> = (sheet, configMap, context) => {
  const { metadata, data, binaryData } = configMap;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.write('\nData\n====\n');
  for (const [key, value] of sortedEntries(data)) sheet.write(`${key}:\n----\n${value}\n\n`);
  sheet.write('\nBinaryData\n====\n');
  for (const [key, value] of sortedEntries(binaryData)) sheet.line(`${key}: ${sizeOf(value)} bytes`);
  sheet.line('');
  describeEvents(sheet, configMap, context);
};

/** describeSecret. */
export const describeSecret: Describer<'Secret'> = (sheet, { metadata, type = '', data }) => {
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.write(`\nType:\t${type}\n`);
  sheet.write('\nData\n====\n');
  for (const [key, value] of sortedEntries(data)) {
    const isToken = key === 'token' && type === 'kubernetes.io/service-account-token';
    sheet.field(key, isToken ? textOf(value) : `${sizeOf(value)} bytes`);
  }
};

function sizeOf(base64: string): number {
  return Math.floor((base64.replace(/[=\s]/g, '').length * 3) / 4);
}

function textOf(base64: string): string {
  return decodeBase64(base64) ?? '';
}
