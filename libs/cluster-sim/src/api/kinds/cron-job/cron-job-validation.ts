import type { CronJob, JobTemplateSpec } from '@kubedrill/kube-model';
import { parseSchedule } from '../../../cron/parse-schedule.ts';
import { findTimeZone, unknownTimeZone } from '../../../cron/time-zone.ts';
import type { FieldError } from '../../validation/field-error.ts';
import { invalid, notSupported, required, shownNamed } from '../../validation/field-error.ts';
import { shownSelector } from '../../validation/label-selector.ts';
import { validateMetadata, validateMetadataUpdate } from '../../validation/metadata.ts';
import { metadataPath, specPath } from '../../validation/path.ts';
import type { Rule } from '../../validation/rule.ts';
import { field, given, inOrder, nonNegative, oneOf, requiredText } from '../../validation/rule.ts';
import { byteLength, dns1123Subdomain } from '../../validation/text-format.ts';
import { jobSpecRules } from '../job/job-validation.ts';

/** The names of its Jobs have eleven characters more, and 63 at most. */
const maxNameBytes = 52;

/** ValidateCronJobCreate of pkg/apis/batch/validation/validation.go. */
export function validateCronJob({ metadata, spec }: CronJob): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadata(metadata, true, dns1123Subdomain, report);
  specRules(spec, specPath, report);
  if (byteLength(metadata.name ?? '') > maxNameBytes)
    report.push(invalid(metadataPath.child('name'), metadata.name, `must be no more than ${maxNameBytes} characters`));
  return report;
}

/** ValidateCronJobUpdate: a time zone that stays is not asked again, and neither is the length of the name. */
export function validateCronJobUpdate({ metadata, spec }: CronJob, old: CronJob): readonly FieldError[] {
  const report: FieldError[] = [];
  validateMetadataUpdate(metadata, old.metadata, report);
  const rules = spec.timeZone === old.spec.timeZone ? specRulesOfSameZone : specRules;
  rules(spec, specPath, report);
  return report;
}

const schedule: Rule<string> = (text, at, report) => {
  const parsed = parseSchedule(text);
  if (!parsed.ok) report.push(invalid(at, text, parsed.message));
  if (text.includes('TZ'))
    report.push(invalid(at, text, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'));
};

const partOfZone = /^(?!-)[A-Za-z.\-_0-9+]{1,14}$/;

const timeZone: Rule<string> = (name, at, report) => {
  const shown = shownNamed(name);
  if (name === '') {
    report.push(invalid(at, shown, 'timeZone must be nil or non-empty string'));
    return;
  }
  if (name.split('/').some((part) => part === '.' || part === '..' || !partOfZone.test(part))) {
    report.push(invalid(at, shown, `unknown time zone ${name}`));
    return;
  }
  if (name.toLowerCase() === 'local')
    report.push(
      invalid(at, shown, 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones'),
    );
  if (!findTimeZone(name)) report.push(invalid(at, shown, unknownTimeZone(name)));
};

/** ValidateJobTemplateSpec: the selector will be generated. */
const jobTemplate: Rule<JobTemplateSpec> = ({ spec }, at, report) => {
  const place = at.child('spec');
  jobSpecRules(spec, place, report);
  if (spec.selector)
    report.push(invalid(place.child('selector'), shownSelector(spec.selector), '`selector` will be auto-generated'));
  if (spec.manualSelector) report.push(notSupported(place.child('manualSelector'), true, ['nil', 'false']));
};

type CronJobSpec = CronJob['spec'];

const beforeZone = inOrder<CronJobSpec>(
  field('schedule', requiredText(schedule)),
  field('startingDeadlineSeconds', given(nonNegative)),
);

const afterZone = inOrder<CronJobSpec>(
  field('concurrencyPolicy', (policy, at, report) => {
    if ((policy as string) === '') report.push(required(at));
    else oneOf(['Allow', 'Forbid', 'Replace'])(policy, at, report);
  }),
  field('jobTemplate', jobTemplate),
  field('successfulJobsHistoryLimit', given(nonNegative)),
  field('failedJobsHistoryLimit', given(nonNegative)),
);

/** validateCronJobSpec. */
const specRules = inOrder<CronJobSpec>(beforeZone, field('timeZone', given(timeZone)), afterZone);
const specRulesOfSameZone = inOrder<CronJobSpec>(beforeZone, afterZone);
