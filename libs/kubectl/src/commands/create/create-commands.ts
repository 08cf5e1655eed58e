import { commandGroup } from '../../command-group.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { createConfigMap } from './config-map.ts';
import { create } from './create.ts';
import { createCronJob } from './cron-job.ts';
import { createDeployment } from './deployment.ts';
import { createPodDisruptionBudget } from './disruption-budget.ts';
import { createIngress } from './ingress.ts';
import { createJob } from './job.ts';
import { createNamespace } from './namespace.ts';
import { createPriorityClass } from './priority-class.ts';
import { createQuota } from './quota.ts';
import { createClusterRole, createRole } from './role.ts';
import { createClusterRoleBinding, createRoleBinding } from './role-binding.ts';
import { createSecretCommands } from './secret.ts';
import { createServiceAccount } from './service-account.ts';
import { createServiceCommands } from './service.ts';
import { createToken } from './token.ts';

/** `create -f`, and a subcommand for each kind that kubectl makes from flags. */
export const createCommands: readonly KubectlCommand[] = [
  create,
  createClusterRole,
  createClusterRoleBinding,
  createConfigMap,
  createCronJob,
  createDeployment,
  createIngress,
  createJob,
  createNamespace,
  createPodDisruptionBudget,
  createPriorityClass,
  createQuota,
  createRole,
  createRoleBinding,
  commandGroup('create secret'),
  ...createSecretCommands,
  ...createServiceCommands,
  createServiceAccount,
  createToken,
];
