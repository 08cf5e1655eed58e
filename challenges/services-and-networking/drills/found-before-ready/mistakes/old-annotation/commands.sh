kubectl annotate service ${db}-members service.alpha.kubernetes.io/tolerate-unready-endpoints=true
