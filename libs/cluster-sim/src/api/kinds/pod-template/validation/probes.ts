import type { Probe } from '@kubedrill/kube-model';
import type { FieldError } from '../../../validation/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../../validation/field-error.ts';
import type { Path } from '../../../validation/path.ts';
import type { Rule } from '../../../validation/rule.ts';
import { field, formatted, given, inOrder, nonNegative, requiredText } from '../../../validation/rule.ts';
import { httpHeaderNameFormat } from '../../../validation/text-format.ts';
import { portNumberOrName } from './container-ports.ts';
import type { Handler, HttpGet, Lifecycle } from './pod-spec-shape.ts';

const anyText: Rule<string> = () => undefined;

const httpGet = inOrder<HttpGet>(
  field('path', requiredText(anyText)),
  field('port', portNumberOrName),
  field('scheme', (scheme = '', at, report) => {
    if (scheme !== 'HTTP' && scheme !== 'HTTPS') report.push(notSupported(at, scheme, ['HTTP', 'HTTPS']));
  }),
  field('httpHeaders', (headers, at, report) => {
    for (const { name } of headers ?? []) formatted(httpHeaderNameFormat)(name, at, report);
  }),
);

const exec: Rule<{ readonly command?: readonly string[] }> = ({ command }, at, report) => {
  if (!command || command.length === 0) report.push(required(at.child('command')));
};

function sleep(gracePeriod: number | undefined): Rule<{ readonly seconds: number }> {
  return ({ seconds }, at, report) => {
    if (gracePeriod === undefined || (seconds >= 0 && seconds <= gracePeriod)) return;
    report.push(
      invalid(at, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`),
    );
  };
}

/** validateHandler: exactly one way; the first that is there counts. */
function handler(value: Handler, gracePeriod: number | undefined, at: Path, report: FieldError[]): void {
  let taken = false;
  const take = <T>(name: keyof Handler, action: T | undefined, rule: Rule<T>): void => {
    if (action === undefined) return;
    if (taken) report.push(forbidden(at.child(name), 'may not specify more than 1 handler type'));
    else rule(action, at.child(name), report);
    taken = true;
  };
  take('exec', value.exec, exec);
  take('httpGet', value.httpGet, httpGet);
  take('tcpSocket', value.tcpSocket, field('port', portNumberOrName));
  take('grpc', value.grpc, field('port', portNumberOrName));
  take('sleep', value.sleep, sleep(gracePeriod));
  if (!taken) report.push(required(at, 'must specify a handler type'));
}

const timing = inOrder<Probe>(
  field('initialDelaySeconds', given(nonNegative)),
  field('timeoutSeconds', given(nonNegative)),
  field('periodSeconds', given(nonNegative)),
  field('successThreshold', given(nonNegative)),
  field('failureThreshold', given(nonNegative)),
  field(
    'terminationGracePeriodSeconds',
    given((seconds, at, report) => {
      if (seconds <= 0) report.push(invalid(at, seconds, 'must be greater than 0'));
    }),
  ),
);

const anyProbe: Rule<Probe> = (probe, at, report) => {
  handler(probe, undefined, at, report);
  timing(probe, at, report);
};

const once: Rule<Probe> = ({ successThreshold = 0 }, at, report) => {
  if (successThreshold !== 1) report.push(invalid(at.child('successThreshold'), successThreshold, 'must be 1'));
};

const withoutGracePeriod: Rule<Probe> = ({ terminationGracePeriodSeconds }, at, report) => {
  if (terminationGracePeriodSeconds === undefined) return;
  report.push(
    invalid(
      at.child('terminationGracePeriodSeconds'),
      terminationGracePeriodSeconds,
      'must not be set for readinessProbes',
    ),
  );
};

interface Probed {
  readonly lifecycle?: Lifecycle;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

const probes = inOrder<Probed>(
  field('livenessProbe', given(inOrder(anyProbe, once))),
  field('readinessProbe', given(inOrder(anyProbe, withoutGracePeriod))),
  field('startupProbe', given(inOrder(anyProbe, once))),
);

/** Lifecycle hooks and probes of a container that keeps running. */
export function lifecycleAndProbes(
  container: Probed,
  gracePeriod: number | undefined,
  at: Path,
  report: FieldError[],
): void {
  const { lifecycle } = container;
  if (lifecycle) {
    const place = at.child('lifecycle');
    if (lifecycle.postStart) handler(lifecycle.postStart, gracePeriod, place.child('postStart'), report);
    if (lifecycle.preStop) handler(lifecycle.preStop, gracePeriod, place.child('preStop'), report);
  }
  probes(container, at, report);
}

/** An init container runs once and to its end: nothing probes it. */
export function noLifecycleAndProbes(container: Probed, at: Path, report: FieldError[]): void {
  for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    if (container[name] !== undefined) {
      report.push(forbidden(at.child(name), 'may not be set for init containers without restartPolicy=Always'));
    }
  }
}
