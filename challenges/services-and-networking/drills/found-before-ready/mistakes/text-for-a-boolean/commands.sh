kubectl patch service ${db}-members -p '{"spec":{"publishNotReadyAddresses":"true"}}'
