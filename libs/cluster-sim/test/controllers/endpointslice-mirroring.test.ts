import { expect, it } from '@jest/globals';
import { clusterWith } from '../cluster-fixture.ts';

/** addressToEndpoint of pkg/controller/endpointslicemirroring: slices want addresses in canonical form, Endpoints do not. */
it('mirrors addresses of each family in their canonical form', () => {
  const cluster = clusterWith(`
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: web}
subsets: [{addresses: [{ip: "2001:DB8:0:0::1"}, {ip: 1.2.3.4}], ports: [{port: 80}]}]
`);
  cluster.settle();
  const slices = cluster.view.indexed('EndpointSlice', 'service', 'default/web');
  expect(
    slices.map(({ addressType, endpoints }) => [addressType, endpoints?.map(({ addresses }) => addresses)]),
  ).toEqual(
    expect.arrayContaining([
      ['IPv4', [['1.2.3.4']]],
      ['IPv6', [['2001:db8::1']]],
    ]),
  );
});
