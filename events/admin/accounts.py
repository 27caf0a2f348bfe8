"""Accounts and their roles: Django's pages, with plain lists of choices and translated names of roles.

The two boxes between which Django's script moves the choices name parts of themselves in a way that screen
readers are told to pass over.
"""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from events.workflow.permissions import GROUP_NAMES

admin.site.unregister([User, Group])


def name_of(group: Group) -> str:
    """A group of one's own making is called as it was named."""
    return str(GROUP_NAMES.get(group.name, group.name))


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Group) -> str:
        return name_of(obj)


class RoleFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field, request: HttpRequest, model_admin) -> list[tuple[int, str]]:
        return [(group.pk, name_of(group)) for group in Group.objects.order_by("name")]


@admin.register(User)
class AccountAdmin(UserAdmin):
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    list_filter = ("is_staff", "is_superuser", "is_active", ("groups", RoleFilter))

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "groups":
            kwargs |= {"form_class": RolesField, "widget": RolesField.widget}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    filter_horizontal = ()
    list_display = ("role",)

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def role(self, group: Group) -> str:
        return name_of(group)
