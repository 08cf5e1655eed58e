import type {
  HorizontalPodAutoscaler,
  JsonObject,
  MetricSpec,
  MetricTarget,
  ScalingRules,
} from '@kubedrill/kube-model';
import type { Describer } from './describer.ts';
import { describeEvents } from './events-table.ts';
import { longTime, orUnset, type Sheet } from './sheet.ts';

/** describeHorizontalPodAutoscalerV2. */
export const describeAutoscaler: Describer<'HorizontalPodAutoscaler'> = (sheet, autoscaler, context) => {
  const { metadata, spec } = autoscaler;
  const { kind, name } = spec.scaleTargetRef;
  sheet.field('Name', metadata.name);
  sheet.field('Namespace', metadata.namespace ?? '');
  sheet.labels('Labels', metadata.labels);
  sheet.annotations('Annotations', metadata.annotations);
  sheet.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  sheet.field('Reference', `${kind}/${name}`);
  sheet.field('Metrics', '( current / target )');
  for (const metric of spec.metrics ?? []) sheet.line(metricText(metric), 1);
  sheet.field('Min replicas', orUnset(spec.minReplicas));
  sheet.field('Max replicas', spec.maxReplicas);
  if (spec.behavior) {
    sheet.line('Behavior:');
    describeDirection(sheet, 'Scale Up', spec.behavior.scaleUp);
    describeDirection(sheet, 'Scale Down', spec.behavior.scaleDown);
  }
  describeStatus(sheet, autoscaler);
  describeEvents(sheet, autoscaler, context);
};

/** No metrics are ever gathered here. */
const current = '<unknown>';

function metricText(metric: MetricSpec): string {
  const { external, pods, object, resource, containerResource } = metric;
  switch (metric.type) {
    case 'External': {
      const { averageValue, value = '' } = external?.target ?? { type: '' };
      const goal = averageValue === undefined ? ['value', value] : ['average value', averageValue];
      return `${JSON.stringify(nameOf(external?.metric))} (target ${goal[0]}):\t${current} / ${goal[1]}`;
    }
    case 'Pods':
      return `${JSON.stringify(nameOf(pods?.metric))} on pods:\t${current} / ${pods?.target.averageValue ?? ''}`;
    case 'Object': {
      const { kind = '', name = '' } = (object?.describedObject ?? {}) as {
        readonly kind?: string;
        readonly name?: string;
      };
      const { type = '', averageValue = '', value = '' } = object?.target ?? { type: '' };
      const goal = type === 'AverageValue' ? ['average value', averageValue] : ['value', value];
      return `"${nameOf(object?.metric)}" on ${kind}/${name} (target ${goal[0]}):\t${current} / ${goal[1]}`;
    }
    case 'Resource':
      return `resource ${resource?.name ?? ''} on pods${targetText(resource?.target)}`;
    case 'ContainerResource':
      return `resource ${containerResource?.name ?? ''} of container "${containerResource?.container ?? ''}" on pods${targetText(containerResource?.target)}`;
    default:
      return `<unknown metric type ${JSON.stringify(metric.type)}>`;
  }
}

function nameOf(metric: JsonObject | undefined): string {
  return typeof metric?.name === 'string' ? metric.name : '';
}

function targetText({ averageValue, averageUtilization }: MetricTarget = { type: '' }): string {
  if (averageValue !== undefined) return `:\t${current} / ${averageValue}`;
  const target = averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`;
  return `  (as a percentage of request):\t${current} / ${target}`;
}

function describeDirection(sheet: Sheet, direction: string, rules: ScalingRules | undefined): void {
  if (!rules) return;
  const { stabilizationWindowSeconds: window, selectPolicy = 'Max', policies = [] } = rules;
  sheet.line(`${direction}:`, 1);
  if (window !== undefined) sheet.line(`Stabilization Window: ${window} seconds`, 2);
  if (policies.length === 0) return;
  sheet.line(`Select Policy: ${selectPolicy}`, 2);
  sheet.line('Policies:', 2);
  for (const { type, value, periodSeconds } of policies)
    sheet.row([`- Type: ${type}`, `Value: ${value}`, `Period: ${periodSeconds} seconds`], 3);
}

function describeStatus(sheet: Sheet, { spec, status }: HorizontalPodAutoscaler): void {
  const { currentReplicas = 0, desiredReplicas, conditions = [] } = status;
  sheet.field(`${spec.scaleTargetRef.kind} pods`, `${currentReplicas} current / ${desiredReplicas} desired`);
  if (conditions.length > 0) {
    sheet.line('Conditions:');
    sheet.row(['Type', 'Status', 'Reason', 'Message'], 1);
    sheet.row(['----', '------', '------', '-------'], 1);
  }
  for (const { type, status: value, reason = '', message = '' } of conditions)
    sheet.row([type, value, reason, message], 1);
}
