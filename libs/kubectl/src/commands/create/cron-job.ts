import { resources } from '@kubedrill/kube-model';
import { creationFlags, requiredName, requireFlags, sendCreated } from '../../created-object.ts';
import type { KubectlCommand } from '../../invocation.ts';
import { jobSpec } from './job.ts';

/** pkg/cmd/create/create_cronjob.go. */
export const createCronJob: KubectlCommand = {
  name: 'create cronjob',
  aliases: ['create cj'],
  flags: {
    ...creationFlags,
    image: { value: 'required' },
    restart: { value: 'required' },
    schedule: { value: 'required' },
  },
  run(invocation) {
    const { flags, afterDash = [] } = invocation;
    requireFlags(flags, 'image', 'schedule');
    const name = requiredName(invocation, 'create cronjob');
    const restartPolicy = flags.text('restart') === '' ? 'OnFailure' : flags.text('restart');
    const job = jobSpec({ name, image: flags.text('image'), command: afterDash, restartPolicy });
    const content = {
      metadata: { name },
      spec: { jobTemplate: { metadata: { name }, spec: job }, schedule: flags.text('schedule') },
      status: {},
    };
    sendCreated(invocation, resources.CronJob, content, {
      done: 'created',
      fieldManager: 'kubectl-create',
      failure: 'failed to create cronjob: ',
    });
  },
};
