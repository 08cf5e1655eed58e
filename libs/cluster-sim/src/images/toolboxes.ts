import {
  alpineTools,
  busyboxTools,
  curlTools,
  debianTools,
  networkTools,
  oldBusyboxTools,
  wgetTools,
} from '../exec/program-sets.ts';
import type { Program } from '../exec/program.ts';
import { shell } from '../exec/programs/sh.ts';
import { redisCli, pgIsReady } from '../exec/programs/database-clients.ts';
import { defineImage, entrypointScript } from './image-definition.ts';
import type { ImageModel } from './image-model.ts';
import { waitingProgram } from './waiting-program.ts';

function toolbox(
  repositories: readonly string[],
  cmd: readonly string[],
  ...programs: readonly (readonly Program[])[]
) {
  return defineImage({ repositories, cmd, programs });
}

const busybox = {
  repositories: [
    'busybox',
    'registry.k8s.io/e2e-test-images/busybox',
    'registry.k8s.io/busybox',
    'gcr.io/google-containers/busybox',
    'public.ecr.aws/docker/library/busybox',
  ],
  tags: /^(latest|stable|unstable|musl|glibc|uclibc|1|1\.\d{1,2}(\.\d{1,2})?(-\d+)?)(-(musl|glibc|uclibc))?$/,
  cmd: ['sh'],
};

const busyboxImage: ImageModel = {
  ...defineImage({ ...busybox, programs: [busyboxTools] }),
  variants: [
    { tags: /^1\.(\d|1\d|2[0-8])(\.|-|$)/, model: defineImage({ ...busybox, programs: [oldBusyboxTools] }) },
    { tags: /(^|-)musl$/, model: defineImage({ ...busybox, programs: [busyboxTools], libc: 'musl' }) },
  ],
};

/** Images without a server of their own: they run the command that they are given. `sh` without a terminal ends at once. */
export const toolboxImages = [
  busyboxImage,
  defineImage({
    repositories: ['alpine'],
    tags: /^(latest|edge|3|3\.\d{1,2}(\.\d{1,2})?|2\d{7})$/,
    cmd: ['/bin/sh'],
    programs: [alpineTools],
  }),
  toolbox(['debian', 'ubuntu'], ['bash'], debianTools),
  toolbox(['buildpack-deps'], ['bash'], debianTools, curlTools, wgetTools),
  defineImage({
    repositories: ['curlimages/curl', 'quay.io/curl/curl'],
    entrypoint: ['/entrypoint.sh'],
    cmd: ['curl'],
    programs: [alpineTools, curlTools, [entrypointScript('entrypoint.sh', 'curl')]],
  }),
  defineImage({
    repositories: ['appropriate/curl', 'byrnedo/alpine-curl'],
    entrypoint: ['curl'],
    programs: [alpineTools, curlTools],
  }),
  toolbox(['nicolaka/netshoot'], ['zsh'], alpineTools, networkTools, [shell('zsh', 'bash')]),
  toolbox(
    ['tutum/dnsutils', 'infoblox/dnstools', 'praqma/network-multitool', 'wbitt/network-multitool'],
    ['sh'],
    busyboxTools,
    networkTools,
  ),
  toolbox(
    ['registry.k8s.io/e2e-test-images/jessie-dnsutils', 'registry.k8s.io/e2e-test-images/glibc-dns-testing'],
    ['sh'],
    debianTools,
    networkTools,
  ),
  toolbox(['radial/busyboxplus', 'yauritux/busybox-curl', 'odise/busybox-curl'], ['sh'], busyboxTools, curlTools),
  toolbox(['bitnami/kubectl', 'registry.k8s.io/kubectl'], ['sh'], alpineTools),
  toolbox(['goodsmileduck/redis-cli', 'governmentpaas/psql'], ['sh'], alpineTools, [redisCli, pgIsReady]),
  defineImage({
    repositories: ['registry.k8s.io/pause', 'k8s.gcr.io/pause', 'gcr.io/google_containers/pause'],
    entrypoint: ['/pause'],
    programs: [[waitingProgram('pause')]],
  }),
];
