kubectl annotate pod ${app}-odd app=quarantine
