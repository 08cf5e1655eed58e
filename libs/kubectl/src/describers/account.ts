import type { ServiceAccount } from '@kubedrill/kube-model';
import type { Describer } from './describer.ts';
import { describeEvents } from './events-table.ts';

interface DescribedAccount extends ServiceAccount {
  readonly imagePullSecrets?: readonly { readonly name?: string }[];
}

const title = 'Image pull secrets:';

/** describeServiceAccount. */
export const describeServiceAccount: Describer<'ServiceAccount'> = (sheet, account, context) => {
  const { metadata, imagePullSecrets = [] }: DescribedAccount = account;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  if (imagePullSecrets.length === 0) sheet.row([title, '<none>']);
  imagePullSecrets.forEach(({ name = '' }, index) => {
    sheet.row([index === 0 ? title : ' '.repeat(title.length), name]);
  });
  describeEvents(sheet, account, context);
};
