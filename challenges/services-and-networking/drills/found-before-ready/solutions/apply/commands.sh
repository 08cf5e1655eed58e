kubectl apply -f - <<END
apiVersion: v1
kind: Service
metadata: { name: ${db}-members }
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector: { app: ${db} }
  ports:
    - { name: members, port: ${listen} }
END
