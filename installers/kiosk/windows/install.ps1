#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Makes this machine a Bedside kiosk, or takes that away again.
.DESCRIPTION
    Creates the account bedside-kiosk, applies ShellLauncher.xml (Enterprise, Education, IoT Enterprise) or
    AssignedAccess.xml (Pro), and closes the ways out that Windows leaves open.
    The configuration is written through the MDM bridge, which answers to SYSTEM only: this script runs a part of itself
    there, once, as a scheduled task.
.EXAMPLE
    powershell -ExecutionPolicy Bypass -File install.ps1
    powershell -ExecutionPolicy Bypass -File install.ps1 -Remove
#>
param([switch]$Remove, [string]$Apply)
$ErrorActionPreference = 'Stop'
$account = 'bedside-kiosk'
$program = 'C:\Program Files\Bedside\bedside-desktop.exe'

function Set-Bridge([string]$property, [string]$xml) {
    $bridge = Get-CimInstance -Namespace 'root\cimv2\mdm\dmmap' -ClassName 'MDM_AssignedAccess'
    $bridge.$property = if ($xml) { [System.Net.WebUtility]::HtmlEncode($xml) } else { $null }
    Set-CimInstance -CimInstance $bridge
}

# The part that runs as SYSTEM: -Apply says which property; its file lies beside this script.
if ($Apply) {
    $xml = if ($Remove) { '' } else { Get-Content -Raw -Path (Join-Path $PSScriptRoot "$Apply.xml") }
    $property = if ($Apply -eq 'ShellLauncher') { 'ShellLauncher' } else { 'Configuration' }
    Set-Bridge $property $xml
    exit 0
}

function Invoke-AsSystem([string]$which) {
    $arguments = "-NoProfile -ExecutionPolicy Bypass -File `"$PSCommandPath`" -Apply $which"
    if ($Remove) { $arguments += ' -Remove' }
    $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument $arguments
    $principal = New-ScheduledTaskPrincipal -UserId 'SYSTEM' -RunLevel Highest
    $name = 'Bedside kiosk'
    Register-ScheduledTask -TaskName $name -Action $action -Principal $principal -Force | Out-Null
    try {
        Start-ScheduledTask -TaskName $name
        do { Start-Sleep -Seconds 1 } while ((Get-ScheduledTask -TaskName $name).State -eq 'Running')
        $result = (Get-ScheduledTaskInfo -TaskName $name).LastTaskResult
        if ($result -ne 0) { throw "The configuration was not taken (code $result). Is this edition of Windows one that has $which?" }
    } finally {
        Unregister-ScheduledTask -TaskName $name -Confirm:$false
    }
}

function Set-Policy([string]$path, [string]$name, $value) {
    if ($Remove) {
        Remove-ItemProperty -Path $path -Name $name -ErrorAction SilentlyContinue
    } else {
        New-Item -Path $path -Force | Out-Null
        Set-ItemProperty -Path $path -Name $name -Value $value
    }
}

$edition = (Get-CimInstance Win32_OperatingSystem).OperatingSystemSKU
# Enterprise 4 and 27, Enterprise LTSC 125, Education 121, IoT Enterprise 188 and 191.
$hasShellLauncher = $edition -in 4, 27, 121, 125, 188, 191
$which = if ($hasShellLauncher) { 'ShellLauncher' } else { 'AssignedAccess' }

if (-not $Remove) {
    if (-not (Test-Path $program)) { throw "Install Bedside for all users first: there is no $program." }
    if (-not (Get-LocalUser -Name $account -ErrorAction SilentlyContinue)) {
        # Nobody types this password: the account signs in by itself (sysinternals Autologon, see README.md).
        $password = Read-Host -AsSecureString 'A password for the account bedside-kiosk'
        New-LocalUser -Name $account -Password $password -PasswordNeverExpires -UserMayNotChangePassword | Out-Null
        Add-LocalGroupMember -SID 'S-1-5-32-545' -Member $account
    }
    if ($hasShellLauncher) {
        Enable-WindowsOptionalFeature -Online -FeatureName Client-EmbeddedShellLauncher -All -NoRestart | Out-Null
        Enable-WindowsOptionalFeature -Online -FeatureName Client-KeyboardFilter -All -NoRestart | Out-Null
    }
}

Invoke-AsSystem $which

# Swipes from the edge, the lock screen's camera and notices, "finish setting up your device".
Set-Policy 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\EdgeUI' 'AllowEdgeSwipe' 0
Set-Policy 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\Explorer' 'DisableNotificationCenter' 1
Set-Policy 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\CloudContent' 'DisableWindowsConsumerFeatures' 1
# Control-Alt-Delete shows nothing but "cancel".
$system = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'
Set-Policy $system 'HideFastUserSwitching' 1
Set-Policy $system 'DisableLockWorkstation' 1
Set-Policy $system 'DisableChangePassword' 1
Set-Policy $system 'DisableTaskMgr' 1
# The ticket is printed without a question, on the default printer.
$silent = if ($Remove) { $null } else { '--kiosk-printing' }
[Environment]::SetEnvironmentVariable('WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS', $silent, 'Machine')

if ($hasShellLauncher) {
    # Keys that the system acts on before any program sees them. For accounts without administration only.
    $keys = 'Ctrl+Alt+Del', 'Ctrl+Shift+Esc', 'Alt+Tab', 'Alt+F4', 'Alt+Esc', 'Ctrl+Esc', 'Windows', 'Win+L'
    foreach ($key in $keys) {
        $filter = Get-CimInstance -Namespace 'root\standardcimv2\embedded' -ClassName 'WEKF_PredefinedKey' `
            -Filter "Id = '$key'" -ErrorAction SilentlyContinue
        if ($filter) {
            $filter.Enabled = -not $Remove
            Set-CimInstance -CimInstance $filter
        } elseif (-not $Remove) {
            Write-Warning "The keyboard filter does not answer yet for $key. Restart and run this once more."
        }
    }
}
if ($Remove) { Write-Output 'The kiosk is gone after the next restart. The account bedside-kiosk and its records are still there.' }
else { Write-Output "Done, with $which. Restart, and sign bedside-kiosk in (README.md says how it does so by itself)." }
