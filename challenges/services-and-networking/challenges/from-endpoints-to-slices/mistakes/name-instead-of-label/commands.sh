kubectl apply -f - <<END
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${db}
  labels: { app: ${db} }
addressType: IPv4
ports:
  - port: ${listen}
endpoints:
  - addresses: [${first}]
END
kubectl delete endpoints ${db}
