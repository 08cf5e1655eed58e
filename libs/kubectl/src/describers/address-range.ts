import type { Describer } from './describer.ts';
import { describeEvents } from './events-table.ts';
import { longTime } from './sheet.ts';

/** describeServiceCIDRV1. */
export const describeServiceCidr: Describer<'ServiceCIDR'> = (sheet, range, context) => {
  const { metadata, spec, status } = range;
  const { conditions = [] } = status;
  sheet.field('Name', metadata.name);
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('CIDRs', (spec.cidrs ?? []).join(', '));
  if (conditions.length > 0) {
    sheet.write('Status:\nConditions:\n');
    sheet.row(['Type', 'Status', 'LastTransitionTime', 'Reason', 'Message'], 1);
    sheet.row(['----', '------', '------------------', '------', '-------'], 1);
  }
  for (const { type, status: value, lastTransitionTime, reason, message } of conditions)
    sheet.row([type, value, longTime(lastTransitionTime), reason, message], 1);
  describeEvents(sheet, range, context);
};

/** describeIPAddressV1. */
export const describeIpAddress: Describer<'IPAddress'> = (sheet, address, context) => {
  const { metadata, spec } = address;
  sheet.field('Name', metadata.name);
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  if (spec.parentRef) {
    const { group = '', resource = '', namespace = '', name = '' } = spec.parentRef;
    sheet.line('Parent Reference:');
    sheet.field('Group', group, 1);
    sheet.field('Resource', resource, 1);
    sheet.field('Namespace', namespace, 1);
    sheet.field('Name', name, 1);
  }
  describeEvents(sheet, address, context);
};
