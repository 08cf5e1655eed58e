import type { AppliedDocument, Cluster, Outcome, Probe, Ratio, Server, VantagePoint } from '@kubedrill/cluster-sim';
import { formatRatio } from '../observe/outcomes.ts';
import { isReady } from '../observe/pods.ts';
import { add, zero } from '../observe/ratios.ts';
import { Identities, type Renamings } from './identities.ts';
import { questionsOf, type Question } from './questions.ts';

/** What two clusters answer differently. */
export interface BehaviourDifference {
  /** "Deployment default/web #1 -> api.default:80". */
  readonly question: string;
  readonly before: string;
  readonly after: string;
}

/**
 * What can be observed of a cluster from within and from outside: who reaches whom, names, endpoints. Questions are asked in words that
 * fit another cluster as well, and their answers are kept.
 */
export class ClusterBehaviour {
  private readonly cluster: Cluster;
  private readonly renamings: Renamings;
  private known: Identities | undefined;
  private readonly applied: readonly AppliedDocument[];
  private readonly answers = new Map<string, string>();
  private questions: readonly Question[] | undefined;

  constructor(cluster: Cluster, applied: readonly AppliedDocument[] = [], renamings: Renamings = new Map()) {
    this.cluster = cluster;
    this.applied = applied;
    this.renamings = renamings;
  }

  private get identities(): Identities {
    this.known ??= new Identities(this.cluster, this.renamings);
    return this.known;
  }

  /** What the two answer differently, lazily: whoever wants to know whether there is anything asks for the first. */
  *differencesTo(changed: ClusterBehaviour): Generator<BehaviourDifference> {
    const asked = new Set<string>();
    for (const question of [...changed.ownQuestions(), ...this.ownQuestions()]) {
      if (asked.has(question.text)) continue;
      asked.add(question.text);
      const [before, after] = [this.answer(question), changed.answer(question)];
      if (before !== after) yield { question: question.text, before, after };
    }
  }

  private ownQuestions(): readonly Question[] {
    this.questions ??= questionsOf(this.cluster, this.identities);
    return this.questions;
  }

  private answer(question: Question): string {
    const known = this.answers.get(question.text);
    if (known !== undefined) return known;
    const answer = this.find(question);
    this.answers.set(question.text, answer);
    return answer;
  }

  private find({ about }: Question): string {
    switch (about.kind) {
      case 'refusals':
        return this.refusals();
      case 'services':
        return this.services();
      case 'pods':
        return this.podsOf(about.maker);
      case 'endpoints':
        return this.endpointsOf(about.namespace, about.service);
      case 'affinity':
        return this.affinityOf(about.namespace, about.service);
      case 'name':
        return this.addressesOf(about.from, about.name);
      case 'flow':
        return this.flow(about);
    }
  }

  private refusals(): string {
    const refused = this.applied.flatMap(({ response, document }) =>
      response.ok
        ? []
        : [`${JSON.stringify(document.value.kind)}: ${response.status.reason ?? ''} ${response.status.message}`],
    );
    return refused.length === 0 ? 'nothing' : this.identities.in(refused.sort().join('; '));
  }

  private services(): string {
    const services = this.cluster.view.list('Service').map(({ metadata, spec }) => {
      const { namespace = '', name } = metadata;
      return `${namespace}/${name} (${spec.clusterIP === 'None' ? 'headless' : spec.type})`;
    });
    return services.sort().join(', ');
  }

  private podsOf(maker: string): string {
    const pods = [...this.identities.pods.values()].filter((pod) => this.identities.makerOf(pod) === maker);
    return `${pods.length} Pods, ${pods.filter(isReady).length} ready`;
  }

  private endpointsOf(namespace: string, service: string): string {
    const slices = this.cluster.view.indexed('EndpointSlice', 'service', `${namespace}/${service}`);
    const listed = slices.flatMap(({ endpoints, ports }) =>
      (endpoints ?? []).flatMap(({ addresses, conditions = {} }) =>
        addresses.map((address) => {
          const called = (ports ?? []).map(({ port, protocol }) => `${port ?? 'any'}/${protocol ?? 'TCP'}`).sort();
          const state = conditions.ready === false ? ' not ready' : '';
          return `${this.identities.in(address)}:${called.join('+')}${state}`;
        }),
      ),
    );
    return listed.length === 0 ? 'none' : listed.sort().join(', ');
  }

  private affinityOf(namespace: string, name: string): string {
    const spec = this.cluster.view.get('Service', namespace, name)?.spec;
    const timeout = spec?.sessionAffinityConfig?.clientIP?.timeoutSeconds;
    return `${spec?.sessionAffinity ?? 'None'}${timeout === undefined ? '' : ` for ${timeout} s`}`;
  }

  private addressesOf(from: string, name: string): string {
    const point = this.pointOf({ kind: 'pod', identity: from });
    if (!point) return 'nobody is there to ask';
    const { code, answers } = this.cluster.resolve(point, name, 'A');
    const found = answers.map(({ type, data }) => `${type} ${this.identities.in(data)}`).sort();
    return found.length === 0 ? code : found.join(', ');
  }

  private pointOf(place: Place): VantagePoint | undefined {
    if (place.kind !== 'pod') return place;
    const pod = this.identities.pods.get(place.identity);
    return pod && { kind: 'pod', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name };
  }

  private flow({ from, to, port, protocol }: FlowQuestion): string {
    const point = this.pointOf(from);
    const hosts = this.hostsOf(to);
    if (!point || hosts.length === 0) return point ? 'no such address' : 'nobody is there to ask';
    const http = protocol === 'TCP' ? { http: { method: 'GET', path: '/' } } : {};
    return hosts.map((host) => this.outcomesOf({ from: point, host, port, protocol, ...http })).join(' and ');
  }

  private hostsOf(to: Destination): readonly string[] {
    switch (to.kind) {
      case 'host':
        return [to.host];
      case 'pod':
        return [this.identities.pods.get(to.identity)?.status.podIP ?? []].flat();
      case 'clusterIP':
        return [this.cluster.view.get('Service', to.namespace, to.service)?.spec.clusterIP ?? []]
          .flat()
          .filter((address) => address !== 'None' && address !== '');
      case 'loadBalancer': {
        const service = this.cluster.view.get('Service', to.namespace, to.service);
        return (service?.status.loadBalancer.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []);
      }
    }
  }

  private outcomesOf(probe: Probe): string {
    const shares = new Map<string, Ratio>();
    for (const { outcome, probability } of this.cluster.trace(probe).outcomes) {
      const text = this.identities.in(describeEnd(outcome));
      shares.set(text, add(shares.get(text) ?? zero, probability));
    }
    const parts = [...shares].map(([text, share]) => (shares.size === 1 ? text : `${formatRatio(share)} ${text}`));
    return parts.sort().join(', ');
  }
}

type FlowQuestion = Extract<Question['about'], { readonly kind: 'flow' }>;
type Place = FlowQuestion['from'];
type Destination = FlowQuestion['to'];

function describeEnd(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'delivered': {
      const { server, source, response, reply } = outcome;
      const said = response ? ` with ${response.status} ${shortened(response.body)}` : '';
      return `answered by ${whereabouts(server)} (client ${source})${said}${reply ? ` with ${shortened(reply)}` : ''}`;
    }
    case 'closed':
      return `closed by ${whereabouts(outcome.server)}`;
    case 'deniedByPolicy':
      return `denied by a policy (${outcome.direction} of ${outcome.pod.name})`;
    case 'unreachable':
      return `unreachable (${outcome.errno})`;
    default:
      return outcome.kind;
  }
}

/** The name of a Pod alone stands for its identity. */
function whereabouts({ kind, name, port }: Server): string {
  return `${kind === 'pod' ? name : `${kind} ${name}`}, port ${port}`;
}

const longestBody = 80;

/** Pages are told apart by their beginning and their length. */
function shortened(body: string): string {
  const text = body.trim().replace(/\s+/g, ' ');
  return text.length > longestBody ? `${text.slice(0, longestBody)}... (${text.length} characters)` : text;
}
