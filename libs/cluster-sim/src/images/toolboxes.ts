import { alpineTools, busyboxTools } from '../exec/program-sets.ts';
import { defineImage } from './image-definition.ts';
import { waitingProgram } from './waiting-program.ts';

/** Images without a server of their own: they run the command that they are given. `sh` without a terminal ends at once. */
export const toolboxImages = [
  defineImage({
    repositories: [
      'busybox',
      'registry.k8s.io/e2e-test-images/busybox',
      'registry.k8s.io/busybox',
      'gcr.io/google-containers/busybox',
    ],
    cmd: ['sh'],
    programs: [busyboxTools],
  }),
  defineImage({ repositories: ['alpine'], cmd: ['/bin/sh'], programs: [alpineTools] }),
  defineImage({
    repositories: ['registry.k8s.io/pause', 'k8s.gcr.io/pause'],
    entrypoint: ['/pause'],
    programs: [[waitingProgram('pause')]],
  }),
];
