kubectl apply -f - <<END
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${db}-outside
  labels: { kubernetes.io/service-name: ${db} }
addressType: IPv4
ports:
  - port: ${listen}
endpoints:
  - addresses: [${first}]
    zone: east
  - addresses: [${second}]
    zone: west
END
kubectl patch service ${db} -p '{"spec":{"trafficDistribution":"PreferSameZone"}}'
kubectl delete endpoints ${db}
