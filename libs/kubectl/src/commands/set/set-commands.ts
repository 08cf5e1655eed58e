import { commandGroup } from '../../command-group.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { setEnv } from './env.ts';
import { setImage } from './image.ts';
import { setResources } from './resources.ts';
import { setSelector } from './selector.ts';
import { setServiceAccount } from './service-account.ts';
import { setSubject } from './subject.ts';

export const setCommands: readonly KubectlCommand[] = [
  commandGroup('set'),
  setEnv,
  setImage,
  setResources,
  setSelector,
  setServiceAccount,
  setSubject,
];
