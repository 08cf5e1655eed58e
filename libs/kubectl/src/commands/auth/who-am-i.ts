import type { ObjectSchema } from '@kubedrill/cluster-sim';
import { isJsonObject } from '@kubedrill/kube-model';
import type { KubectlCommand } from '../../invocation.ts';
import { CommandError } from '../../invocation.ts';
import { printTyped } from '../../object-printer.ts';
import { outputFormatOf } from '../../output-format.ts';
import { printFlags } from '../../print-flags.ts';
import { layOutTable } from '../../text-table.ts';
import { review, statusOf, textsOf } from './review.ts';

/** authentication/v1. */
const selfSubjectReview: ObjectSchema = {
  type: 'object',
  goType: 'SelfSubjectReview',
  fields: {
    metadata: { type: 'raw' },
    status: {
      type: 'object',
      goType: 'SelfSubjectReviewStatus',
      fields: {
        userInfo: {
          type: 'object',
          goType: 'UserInfo',
          fields: {
            username: { type: 'string' },
            uid: { type: 'string' },
            groups: { type: 'raw' },
            extra: { type: 'raw' },
          },
        },
      },
    },
  },
};

/** kubectl/pkg/cmd/auth/whoami.go. */
export const whoAmI: KubectlCommand = {
  name: 'auth whoami',
  flags: printFlags,
  run(invocation) {
    const { console, operands } = invocation;
    if (operands.length > 0)
      throw new CommandError(`error: unknown command "${operands[0] ?? ''}" for "kubectl auth whoami"`);
    const format = outputFormatOf(invocation);
    const answer = review(invocation, 'SelfSubjectReview', {});
    if (format.kind !== 'table') {
      console.stdout += printTyped(answer, format, () => selfSubjectReview);
      return;
    }
    const { userInfo } = statusOf(answer);
    const user = isJsonObject(userInfo) ? userInfo : {};
    const { username, uid, extra } = user;
    const groups = textsOf(user, 'groups');
    const extras = isJsonObject(extra) ? extra : {};
    const rows = [
      ['ATTRIBUTE', 'VALUE'],
      ...(typeof username === 'string' ? [['Username', username]] : []),
      ...(typeof uid === 'string' ? [['UID', uid]] : []),
      ...(groups.length > 0 ? [['Groups', `[${groups.join(' ')}]`]] : []),
      ...Object.keys(extras)
        .toSorted()
        .map((key) => [`Extra: ${key}`, `[${textsOf(extras, key).join(' ')}]`]),
    ];
    for (const line of layOutTable(rows)) console.print(line);
  },
};
