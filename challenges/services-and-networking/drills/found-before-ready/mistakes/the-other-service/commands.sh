kubectl patch service ${db} -p '{"spec":{"publishNotReadyAddresses":true}}'
