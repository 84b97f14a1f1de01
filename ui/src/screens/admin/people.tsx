import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { people, queryClient } from "../../app/queries";
import { useText } from "../../i18n";
import { checkLogin, checkName, checkSecret, PASSWORD_LEAST } from "../../logic/setup";
import { Button } from "../../parts/button";
import { useCall } from "../../parts/call";
import { Dialog } from "../../parts/dialog";
import { FailureNotice } from "../../parts/failure";
import { Form, OptionField, SecretField, TextField } from "../../parts/field";
import { FormEnd } from "../../parts/form-end";
import { problemText } from "../../parts/problem";
import { toast } from "../../parts/toast";
import { asFailure } from "../../rpc/client";
import { testIds } from "../../testids";
import { PageHead } from "../shell/shell";
import { LogoffPanel } from "./logoff";

const ROLES = ["clinician", "front-desk", "administrator", "auditor"] as const;

export function People() {
  const { t } = useText();
  const list = useQuery(people);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead title={t("people.title")} text={t("people.text")}>
        <Button look="primary" icon="plus" onPress={() => setAdding(true)} data-testid={testIds.people.add}>
          {t("people.add")}
        </Button>
      </PageHead>
      <FailureNotice failure={list.error === null ? null : asFailure(list.error)} />
      <table className="table" data-testid={testIds.people.table} aria-label={t("people.title")}>
        <thead>
          <tr>
            <th scope="col">{t("people.name")}</th>
            <th scope="col">{t("people.login")}</th>
            <th scope="col">{t("people.role")}</th>
          </tr>
        </thead>
        <tbody>
          {(list.data ?? []).map((person) => (
            <tr key={person.id} data-testid={testIds.people.row(person.login)}>
              <th scope="row">{person.name}</th>
              <td>{person.login}</td>
              <td>{t(`role.${person.role}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <LogoffPanel />
      {adding && <AddPerson onClose={() => setAdding(false)} />}
    </>
  );
}

function AddPerson({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const create = useCall("people.create");
  const [name, setName] = useState("");
  const [login, setLogin] = useState("");
  const [role, setRole] = useState<(typeof ROLES)[number]>("clinician");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const problems = {
    name: checkName(name),
    login: checkLogin(login),
    password: checkSecret(password, PASSWORD_LEAST),
  };
  const shown = (field: keyof typeof problems) => (checked ? problemText(t, problems[field]) : null);

  async function submit() {
    setChecked(true);
    if (Object.values(problems).some((problem) => problem !== null)) return;
    const person = await create.run({ name: name.trim(), login: login.trim(), role, password });
    if (person === undefined) return;
    toast(t("people.created", { name: person.name }));
    onClose();
    await queryClient.invalidateQueries({ queryKey: people.queryKey });
  }

  return (
    <Dialog title={t("people.add")} onClose={onClose}>
      <Form onSubmit={submit}>
        <TextField
          label={t("people.name")}
          help={t("people.name-help")}
          value={name}
          onChange={setName}
          problem={shown("name")}
          testId={testIds.people.name}
          autoFocus
        />
        <OptionField
          label={t("people.role")}
          value={role}
          onChange={(value) => setRole(ROLES.find((known) => known === value) ?? "clinician")}
          options={ROLES.map((id) => ({
            id,
            label: t(`role.${id}`),
            help: t(`people.role-help.${id}`),
            testId: testIds.people.role(id),
          }))}
        />
        <TextField
          label={t("people.login")}
          value={login}
          onChange={setLogin}
          problem={shown("login")}
          testId={testIds.people.login}
        />
        <SecretField
          label={t("people.password")}
          help={t("people.password-help")}
          value={password}
          onChange={setPassword}
          problem={shown("password")}
          autoComplete="new-password"
          testId={testIds.people.password}
        />
        <FormEnd
          failure={create.failure}
          submit={t("people.create")}
          pending={create.pending}
          testId={testIds.people.submit}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}
