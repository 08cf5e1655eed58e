import { invalid } from '../../../validation/field-error.ts';
import type { Rule } from '../../../validation/rule.ts';

/** validatePathNoBacksteps. */
export const withoutBacksteps: Rule<string> = (path, at, report) => {
  if (path.split('/').includes('..')) report.push(invalid(at, path, "must not contain '..'"));
};

/** validateLocalDescendingPath: a place below. */
export const localPath: Rule<string> = (path, at, report) => {
  if (path.startsWith('/')) report.push(invalid(at, path, 'must be a relative path'));
  withoutBacksteps(path, at, report);
};

/** ValidateLocalNonReservedPath: names that begin with two dots are kubelet's. */
export const localReservedPath: Rule<string> = (path, at, report) => {
  localPath(path, at, report);
  if (path.startsWith('..') && !path.startsWith('../')) report.push(invalid(at, path, "must not start with '..'"));
};

/** Permissions of files; 0777 is 511. */
export const fileMode: Rule<number> = (mode, at, report) => {
  if (mode > 0o777 || mode < 0)
    report.push(invalid(at, mode, 'must be a number between 0 and 0777 (octal), both inclusive'));
};
