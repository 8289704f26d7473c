export interface Organization {
  id: string;
  code: string;
  name: string;
  currency: string;
  time_zone: string;
}

export interface Me {
  id: string | null;
  kind: string;
  label: string;
  role: string;
  permissions: string[];
  organization: Organization;
}
