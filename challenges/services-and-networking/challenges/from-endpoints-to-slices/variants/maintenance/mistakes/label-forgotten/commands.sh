kubectl apply -f - <<END
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${db}-outside
addressType: IPv4
ports:
  - { name: sql, port: ${listen} }
  - { name: admin, port: ${admin} }
endpoints:
  - addresses: [${first}]
  - addresses: [${second}]
    conditions: { ready: false }
END
kubectl delete endpoints ${db}
