import type { Cluster, DnsAnswer } from '@kubedrill/cluster-sim';
import { diagnosePodSet } from '../../feedback/pod-diagnosis.ts';
import { diagnoseService } from '../../feedback/service-diagnosis.ts';
import { describePodSet, readyPodsOf } from '../../observe/pods.ts';
import { describeSource, describeVantagePoint, vantagePointsOf } from '../../observe/vantage-points.ts';
import { defineCheckKind } from '../check-kind.ts';
import { sameSet } from '../endpoints/list-assessment.ts';
import type { DnsParameters } from './schema.ts';

interface DnsMiss {
  readonly from: string;
  readonly answer: DnsAnswer;
}

export const dns = defineCheckKind({
  kind: 'dns',
  evaluate(parameters, { cluster }) {
    const wanted = wantedData(parameters, cluster);
    let asked = 0;
    let miss: DnsMiss | undefined;
    for (const source of parameters.from) {
      for (const point of vantagePointsOf(cluster, source)) {
        asked += 1;
        const answer = cluster.resolve(point, parameters.name, parameters.type);
        if (!miss && !agrees(parameters, wanted, answer)) miss = { from: describeVantagePoint(point), answer };
      }
    }
    return { credit: asked > 0 && !miss ? 1 : 0, miss, wanted };
  },
  explain(parameters, { miss, wanted }, { cluster }) {
    const expected = describeWanted(parameters, wanted);
    if (!miss) {
      const [source] = parameters.from;
      const why = source ? diagnosePodSet(cluster, source) : undefined;
      const observed = `nobody is there to ask: ${parameters.from.map(describeSource).join(', ')}; ${why?.text ?? ''}`;
      return { expected, observed, evidence: why?.evidence ?? [] };
    }
    const [name = '', namespace = 'default'] =
      parameters.expect.clusterIPOf?.split('/').reverse() ?? parameters.name.split('.');
    const diagnosis = miss.answer.code === 'NXDOMAIN' ? diagnoseService(cluster, namespace, name) : undefined;
    return {
      expected,
      observed: `${miss.from} asked for ${parameters.name}: ${describeAnswer(miss.answer)}${diagnosis ? `; ${diagnosis.text}` : ''}`,
      evidence: diagnosis?.evidence ?? [{ kind: 'Service', namespace, name, path: ['spec', 'clusterIP'] }],
    };
  },
});

/** The data that must be answered, as a set; undefined when the author does not say. */
function wantedData({ expect }: DnsParameters, cluster: Cluster): readonly string[] | undefined {
  if (expect.data) return expect.data;
  if (expect.podIPsOf) return readyPodsOf(cluster, expect.podIPsOf).flatMap(({ status }) => status.podIP ?? []);
  if (expect.clusterIPOf === undefined) return undefined;
  const [name = '', namespace = 'default'] = expect.clusterIPOf.split('/').reverse();
  return cluster.view.get('Service', namespace, name)?.spec.clusterIPs ?? [];
}

function agrees({ expect, type }: DnsParameters, wanted: readonly string[] | undefined, answer: DnsAnswer): boolean {
  if (codeOf(answer) !== expect.code) return false;
  if (!wanted) return true;
  const data = answer.answers.filter((record) => record.type === type).map((record) => record.data);
  return wanted.length > 0 && sameSet(wanted, data);
}

function codeOf({ code, answers }: DnsAnswer): DnsParameters['expect']['code'] {
  return code === 'NOERROR' && answers.length === 0 ? 'NODATA' : code;
}

function describeWanted({ name, expect }: DnsParameters, wanted: readonly string[] | undefined): string {
  if (expect.podIPsOf) return `${name} resolves to ${describePodSet(expect.podIPsOf)}: ${wanted?.join(', ') ?? ''}`;
  if (expect.clusterIPOf !== undefined) {
    return `${name} resolves to the cluster IP of Service ${expect.clusterIPOf}${wanted?.length ? ` (${wanted.join(', ')})` : ''}`;
  }
  return wanted ? `${name} resolves to ${wanted.join(', ')}` : `${name} is answered with ${expect.code}`;
}

function describeAnswer(answer: DnsAnswer): string {
  if (answer.answers.length > 0) return answer.answers.map(({ type, data }) => `${type} ${data}`).join(', ');
  const tried = answer.tried.map(({ name }) => name).join(', ');
  return `${codeOf(answer)}${tried === '' ? '' : ` (tried ${tried})`}`;
}
