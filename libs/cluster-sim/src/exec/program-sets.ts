import type { Program } from './program.ts';
import { shell } from './programs/sh.ts';
import { sleep } from './programs/sleep.ts';

/** The applets of busybox, which are all of the tools of its image. */
export const busyboxTools: readonly Program[] = [sleep, shell('sh', 'ash')];

/** alpine: busybox and little more. */
export const alpineTools: readonly Program[] = busyboxTools;

/** Debian's slim images: GNU coreutils, dash and bash, no network tools. */
export const debianTools: readonly Program[] = [sleep, shell('sh', 'ash')];
