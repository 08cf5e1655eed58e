import type { Describer } from './describer.ts';
import { describeLimits, describeQuotas } from './quota.ts';
import { longTime } from './sheet.ts';

/** describeNamespace. */
export const describeNamespace: Describer<'Namespace'> = (sheet, { metadata, status }, { reader }) => {
  const quotas = reader.needed('ResourceQuota', metadata.name);
  const limits = reader.needed('LimitRange', metadata.name);
  const { phase = '', conditions = [] } = status;
  sheet.field('Name', metadata.name);
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('Status', phase);
  if (conditions.length > 0) {
    sheet.line('Conditions:');
    sheet.row(['Type', 'Status', 'LastTransitionTime', 'Reason', 'Message'], 1);
    sheet.row(['----', '------', '------------------', '------', '-------'], 1);
  }
  for (const { type, status: value, lastTransitionTime, reason = '', message = '' } of conditions)
    sheet.row([type, value, longTime(lastTransitionTime), reason, message], 1);
  sheet.line('');
  describeQuotas(sheet, quotas);
  sheet.line('');
  if (limits.length === 0) sheet.line('No LimitRange resource.');
  else {
    sheet.line('Resource Limits');
    describeLimits(
      sheet,
      limits.flatMap(({ spec }) => spec.limits ?? []),
      ' ',
    );
  }
};
