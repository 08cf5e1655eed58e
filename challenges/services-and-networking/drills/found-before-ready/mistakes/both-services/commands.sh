kubectl patch service ${db} -p '{"spec":{"publishNotReadyAddresses":true}}'
kubectl patch service ${db}-members -p '{"spec":{"publishNotReadyAddresses":true}}'
